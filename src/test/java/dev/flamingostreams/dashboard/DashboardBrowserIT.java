package dev.flamingostreams.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Ledger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

/** The page as a person sees it, in a real browser. */
class DashboardBrowserIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HOSTILE = "<script>document.title='owned'</script>";

  private static Chromium chromium;

  private final Board board = new Board(List.of("town"), 64 << 20, Clock.systemUTC());
  private final Accounts accounts = new Accounts(Map.of("town", List.of(ledger())));
  private final Health health = new Health();
  private final Town town = new Town(board);
  private WebServer server;

  @BeforeAll
  static void openBrowser() throws Exception {
    chromium = Chromium.open();
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void serve() throws Exception {
    server = serve(0, null);
    chromium.size(1440, 900);
    chromium.prefer("light");
    chromium.complaints(); // of the page before
  }

  @AfterEach
  void stop() {
    chromium.driver.get("about:blank");
    server.close();
  }

  @Test
  void camerasCaptionsAndAlertsOfFewCamerasAreShown() throws Exception {
    play(3, 12);
    open();
    await(() -> rows() == 36 && loaded(".tile img") == 3);

    assertThat(text("#cameras")).contains("gate-1", "gate-2", "gate-3");
    assertThat(text("#count-cameras")).isEqualTo("3");
    assertThat(text("#alerts")).contains("red car at the gate", "critical");
    await(() -> loaded(".thumbs img") >= 4);
    assertThat(text("#accounts")).contains("clips: frames");
    await(() -> text("#connection").equals("live"));
    chromium.screenshot("few-light");
    chromium.prefer("dark");
    chromium.screenshot("few-dark");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void thirtyCamerasFitAndANarrowScreenScrollsOneWayOnly() throws Exception {
    play(30, 10);
    open();
    await(() -> text("#count-cameras").equals("30") && loaded(".tile img") > 8);
    chromium.screenshot("many-light");
    chromium.prefer("dark");
    chromium.screenshot("many-dark");

    chromium.size(390, 844);
    await(() -> loaded(".tile img") > 4);
    chromium.screenshot("narrow-dark");
    chromium.prefer("light");
    script("document.querySelector('#alerts-title').scrollIntoView()");
    await(() -> loaded(".thumbs img") >= 4);
    chromium.screenshot("narrow-light");
    assertThat(script("return document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  @Test
  void newCaptionsComeWhileThePageIsOpen() throws Exception {
    play(1, 1);
    open();
    await(() -> rows() == 1);
    town.clip(1, 5);
    await(() -> rows() == 2);
    assertThat(text("#count-captions")).isNotEmpty();
  }

  @Test
  void whoPausesReadsInPeaceAndLosesNothing() throws Exception {
    play(1, 1);
    open();
    await(() -> rows() == 1);
    WebElement pause = chromium.driver.findElement(By.id("pause"));
    pause.click();
    town.clip(1, 5);
    await(() -> pause.getText().equals("Paused, 1 new"));
    assertThat(rows()).isEqualTo(1);
    pause.click();
    await(() -> rows() == 2);
  }

  @Test
  void wordsOfOthersAreNeverMarkup() throws Exception {
    board.frames(HOSTILE, FrameBatch.of(List.of()), 0);
    String image = "<img src=x onerror=\"document.title='owned'\">";
    board.caption("town", Town.caption(HOSTILE, 0, image, 0), 0);
    board.caption("town", Town.caption(HOSTILE, 1, "x".repeat(1_000_000), 0), 0);
    board.alert("town", Town.alert(Town.caption(HOSTILE, 2, image, 0), HOSTILE, "critical"), 0);
    open();
    await(() -> rows() == 2);

    assertThat(text("#cameras")).contains(HOSTILE);
    assertThat(text("#alerts")).contains(HOSTILE, image);
    assertThat(chromium.driver.getTitle()).isEqualTo("Flamingo Streams");
    assertThat(script("return document.querySelectorAll('main script, main img[onerror]').length"))
        .isEqualTo(0L);
    chromium.screenshot("hostile");
  }

  @Test
  void theSearchFindsWordsAndNamesOfCameras() throws Exception {
    play(3, 6);
    board.caption("town", Town.caption("gate-2", 7, "a zebra crosses", 0), 0);
    open();
    await(() -> rows() == 19);

    WebElement body = chromium.driver.findElement(By.tagName("body"));
    body.sendKeys("/");
    WebElement search = chromium.driver.switchTo().activeElement();
    assertThat(search.getAttribute("id")).isEqualTo("search");
    search.sendKeys("zebra gate-2");
    await(() -> rows() == 1);
    assertThat(text("#captions mark")).isEqualTo("gate-2");
    assertThat(text("#filtered")).contains("1 of the last 19 captions");
    search.sendKeys(Keys.ESCAPE);
    await(() -> rows() == 19);
  }

  @Test
  void theKeyboardPicksACameraAndOpensAnAlert() throws Exception {
    play(3, 6);
    open();
    await(() -> rows() == 18 && loaded(".thumbs img") >= 4);

    WebElement first = chromium.driver.findElement(By.cssSelector(".tile button"));
    first.sendKeys(Keys.ENTER);
    await(() -> rows() == 6);
    assertThat(first.getAttribute("aria-pressed")).isEqualTo("true");
    first.sendKeys(Keys.ENTER);
    await(() -> rows() == 18);

    chromium.driver.findElement(By.cssSelector(".thumbs")).sendKeys(Keys.ENTER);
    await(() -> loaded("#viewer img") == 4);
    chromium.screenshot("alert");
    chromium.driver.switchTo().activeElement().sendKeys(Keys.ESCAPE);
    await(() -> !chromium.driver.findElement(By.id("viewer")).isDisplayed());
  }

  @Test
  void thousandsOfCaptionsLeaveThePageSmallAndQuick() throws Exception {
    play(1, 1);
    open();
    await(() -> rows() == 1);
    for (int i = 0; i < 20_000; i++) {
      board.caption("town", Town.caption("gate-" + i % 20, i, "caption number " + i, i), 0);
    }
    await(() -> text("#captions").contains("caption number 19999"));

    assertThat(rows()).isLessThanOrEqualTo(120);
    assertThat((Long) script("return document.getElementsByTagName('*').length"))
        .isLessThan(3_000L);
    script(
        "document.querySelector('#search').value='19998';"
            + "document.querySelector('#search').dispatchEvent(new Event('input'))");
    await(() -> rows() == 1);
  }

  @Test
  void aPageGoesOnWhereItWasWhenItsServerComesBack() throws Exception {
    play(2, 3);
    open();
    await(() -> rows() == 6);
    int port = Integer.parseInt(server.address().replaceAll(".*:(\\d+)/", "$1"));
    server.close();
    await(() -> text("#connection").equals("reconnecting"));
    town.clip(2, 9);
    server = serve(port, null);

    await(() -> text("#connection").equals("live") && rows() == 8);
  }

  @Test
  void whatIsNotReadyIsTold() throws Exception {
    health.ready(Health.Check.of("broker", () -> Optional.of("no broker answers")));
    open();
    await(() -> text("#banner").contains("broker: no broker answers"));
    chromium.screenshot("not-ready");
  }

  @Test
  void aTokenOpensThePageAndLeavesNoTraceInAddresses() throws Exception {
    server.close();
    server = serve(0, "a-token-of-some-length");
    play(1, 2);
    open();
    assertThat(chromium.driver.getCurrentUrl()).endsWith("/login");
    chromium.driver.findElement(By.id("token")).sendKeys("not-the-right-token", Keys.ENTER);
    await(() -> text(".wrong").contains("not the token"));
    chromium.screenshot("login");
    chromium.driver.findElement(By.id("token")).sendKeys("a-token-of-some-length", Keys.ENTER);
    await(() -> rows() == 2);

    assertThat(chromium.driver.getCurrentUrl()).isEqualTo(server.address());
    assertThat(script("return document.cookie")).isEqualTo("");
  }

  @Test
  void everyControlHasANameAndEveryTextContrast() throws Exception {
    play(3, 6);
    open();
    await(() -> rows() == 18);
    assertThat(
            script(
                "return [...document.querySelectorAll('button, input, ol[tabindex]')].filter(e =>"
                    + " !(e.textContent.trim() || e.getAttribute('aria-label')"
                    + " || e.getAttribute('aria-labelledby') || e.labels?.length))"
                    + ".map(e => e.outerHTML)"))
        .isEqualTo(List.of());
    for (String scheme : List.of("light", "dark")) {
      chromium.prefer(scheme);
      assertThat(script(CONTRAST)).as(scheme).isEqualTo(List.of());
    }
  }

  /** Texts whose colour differs too little from what is behind them, by WCAG 2.2, level AA. */
  private static final String CONTRAST =
      """
      const light = (rgb) => rgb.map((v) => v / 255)
        .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const parts = (css) => (css.match(/[\\d.]+/g) || []).map(Number);
      const behind = (e) => {
        for (let at = e; at; at = at.parentElement) {
          const c = parts(getComputedStyle(at).backgroundColor);
          if (c.length === 3 || c[3] > 0.5) return c.slice(0, 3);
        }
        return [255, 255, 255];
      };
      return [...document.querySelectorAll('body *')]
        .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
        .filter((e) => e.getClientRects().length && !e.closest('.at, .unseen, noscript'))
        .filter((e) => {
          const a = light(parts(getComputedStyle(e).color).slice(0, 3));
          const b = light(behind(e));
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
        })
        .map((e) => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
      """;

  private WebServer serve(int port, @Nullable String token) throws Exception {
    return WebServer.open(
            new WebOptions(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), token, null))
        .with(board, accounts, health);
  }

  private void play(int cameras, int clips) {
    for (int i = 0; i < clips; i++) {
      town.clip(cameras, i);
    }
  }

  private static Ledger ledger() {
    return new Ledger("clips", "frames", List.of("in clips", "late"));
  }

  private void open() {
    chromium.driver.get(server.address());
  }

  private static int rows() {
    return chromium.driver.findElements(By.cssSelector("#captions .row")).size();
  }

  private static long loaded(String images) {
    return (long)
        Objects.requireNonNull(
            script(
                "return [...document.querySelectorAll('"
                    + images
                    + "')].filter(i => i.complete && i.naturalWidth > 0).length"));
  }

  private static String text(String selector) {
    return chromium.driver.findElement(By.cssSelector(selector)).getText();
  }

  private static @Nullable Object script(String code) {
    return ((JavascriptExecutor) chromium.driver).executeScript(code);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      assertThat(System.nanoTime()).as(text("body")).isLessThan(end);
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (StaleElementReferenceException | NoSuchElementException e) {
      return false; // the page has drawn it anew
    }
  }
}
