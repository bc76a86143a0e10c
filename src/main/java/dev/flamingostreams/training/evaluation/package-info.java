/**
 * Measures a model on fresh scenes that went through a video codec, and on what it cannot know.
 * {@code ModelEvaluation} shows clips to some {@code Examination}s, which ask an {@code Examinee}
 * through an {@code Interview}; the report is one JSON document, of which the model card shows
 * tables.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.training.evaluation;

import org.jspecify.annotations.NullMarked;
