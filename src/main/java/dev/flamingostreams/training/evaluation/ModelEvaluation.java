package dev.flamingostreams.training.evaluation;

import java.io.IOException;
import java.util.List;

/** Renders fresh scenes as video, has a model asked about them, and compares with the truth. */
public final class ModelEvaluation {
  private final Examinee examinee;
  private final EvaluationPlan plan;
  private final List<Recording> recordings;
  private final SceneFilm film;
  private final Stills stills;
  private final Changes changes;

  /**
   * @param recordings of the real world, which are played if rejection is measured
   */
  public ModelEvaluation(
      Examinee examinee, VideoPath path, EvaluationPlan plan, List<Recording> recordings) {
    this(examinee, new Studio(path, plan), path, plan, recordings);
  }

  ModelEvaluation(
      Examinee examinee,
      SceneFilm film,
      VideoPath path,
      EvaluationPlan plan,
      List<Recording> recordings) {
    this.examinee = examinee;
    this.film = film;
    Studio studio = new Studio(path, plan);
    this.stills = new Stills(studio, plan);
    this.changes = new Changes(studio, plan);
    this.plan = plan;
    this.recordings = List.copyOf(recordings);
  }

  /** Is told how far an evaluation is. */
  @FunctionalInterface
  public interface Progress {

    /**
     * One more video was made.
     *
     * @param what it shows
     * @param done so far
     * @param total of the evaluation, without recordings
     */
    void made(String what, int done, int total);
  }

  /**
   * Evaluates once.
   *
   * @throws IOException if a video cannot be made or read back, or a recording cannot be read
   */
  public EvaluationReport run(Progress progress) throws IOException {
    Interview interview = new Interview(examinee);
    Captioning captioning = new Captioning(plan);
    Questioning questioning = new Questioning(plan);
    Interleaving interleaving = new Interleaving(plan);
    List<Examination> examinations =
        plan.inOrder()
            .filter(measure -> measure != Measure.CHANGES)
            .map(
                measure ->
                    switch (measure) {
                      case QUESTIONS -> questioning;
                      case INTERLEAVED -> interleaving;
                      default -> captioning;
                    })
            .distinct()
            .toList();
    show(examinations, interview, progress);
    interview.finish();
    return new EvaluationReport(
        examinee.model(),
        plan,
        captioning.outcomes(),
        questioning,
        interleaving,
        changes,
        interview.failures());
  }

  private void show(List<Examination> examinations, Interview interview, Progress progress)
      throws IOException {
    List<Group> drawn = plan.groups().stream().filter(group -> group != Group.FOOTAGE).toList();
    List<Change> changed =
        plan.measures().contains(Measure.CHANGES) ? List.of(Change.values()) : List.of();
    int total = plan.scenes() * drawn.size() + Changes.scenes(plan) * changed.size();
    int done = 0;
    for (Group group : drawn) {
      Exhibits exhibits = new Exhibits(plan, group, film, stills);
      for (int i = 0; i < plan.scenes(); i++) {
        Exhibit exhibit = exhibits.next();
        examinations.forEach(examination -> examination.examine(exhibit, interview));
        progress.made(group.words(), ++done, total);
      }
    }
    for (Change change : changed) {
      for (int i = 0; i < Changes.scenes(plan); i++) {
        changes.show(change, i, interview);
        progress.made(change.words(), ++done, total);
      }
    }
    if (plan.groups().contains(Group.FOOTAGE)) {
      for (Recording recording : recordings) {
        play(recording, examinations, interview);
      }
    }
  }

  private static void play(Recording recording, List<Examination> examinations, Interview interview)
      throws IOException {
    recording.play(
        new Recording.Audience() {
          private int windows;

          @Override
          public void window(List<Shot> shots) {
            Subject subject = new Subject(Group.FOOTAGE, recording.name(), windows++, null);
            Exhibit exhibit = new Exhibit(subject, shots, 0);
            examinations.forEach(examination -> examination.examine(exhibit, interview));
          }
        });
  }
}
