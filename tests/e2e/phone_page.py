"""The page at the camera in a real browser: it loads, the picture moves, focus works, no errors,
and the agent is tuned by tapping."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

if not shutil.which("chromedriver") or not (shutil.which("chromium") or shutil.which("chromium-browser")):
    print("SKIP   : no chromium with chromedriver here")
    sys.exit(77)

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

AGENTD, SHOTS = sys.argv[1], Path(sys.argv[2])
PATIENCE = 60  # seconds; only a hang comes near it


def browser(profile):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser")
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--disable-dev-shm-usage", "--ignore-certificate-errors", f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.chrome.service.Service(shutil.which("chromedriver"))
    return webdriver.Chrome(service=service, options=options)


def phone(driver, width, height):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": True})


def shoot(driver, name, width, height, scheme):
    """For people to look at: docs and CI keep these."""
    phone(driver, width, height)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                           {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    driver.save_screenshot(str(SHOTS / f"phone-page-{name}.png"))


# A coarse fingerprint of what the picture shows now.
SAMPLE = """
const image = document.getElementById('picture'), canvas = document.createElement('canvas');
canvas.width = 64; canvas.height = 42;
const pen = canvas.getContext('2d');
pen.drawImage(image, 0, 0, 64, 42);
return Array.from(pen.getImageData(0, 0, 64, 42).data).filter((v, i) => i % 4 == 0).join();
"""


def text(driver, name):
    return driver.find_element(By.ID, name).text


def check(driver, url):
    wait = WebDriverWait(driver, PATIENCE, poll_frequency=0.1,
                         ignored_exceptions=(NoSuchElementException, StaleElementReferenceException))
    phone(driver, 360, 780)
    driver.get(url)
    wait.until(lambda d: d.execute_script("return document.getElementById('picture').naturalWidth") > 0)
    first = driver.execute_script(SAMPLE)
    wait.until(lambda d: d.execute_script(SAMPLE) != first)
    wait.until(lambda d: text(d, "faces").isdigit() and text(d, "capture") not in ("–", "0.0"))
    wait.until(lambda d: text(d, "whole") not in ("–", "0.0"))
    assert text(driver, "name") == "at the desk", text(driver, "name")
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 360, "it scrolls sideways"

    # Tap a face: the region's figure appears, with its peak; then take it away again.
    driver.find_element(By.ID, "view").click()
    wait.until(lambda d: text(d, "region-value") not in ("–", "0.0"))
    assert driver.find_element(By.ID, "region").is_displayed()
    peak = driver.find_element(By.ID, "region-peak").value_of_css_property("left")
    assert peak != "0px", peak
    SHOTS.mkdir(parents=True, exist_ok=True)
    shoot(driver, "wide", 1280, 1000, "light")
    # Turned on its side, it asks for a picture as fine as it can show.
    wait.until(lambda d: "width=1088" in d.find_element(By.ID, "picture").get_attribute("src"))
    wait.until(lambda d: d.execute_script("return document.getElementById('picture').naturalWidth") == 1088)
    shoot(driver, "wide", 1280, 1000, "light")
    shoot(driver, "dark", 360, 900, "dark")
    shoot(driver, "light", 360, 900, "light")
    driver.find_element(By.ID, "clear").click()
    assert not driver.find_element(By.ID, "region").is_displayed()

    # Without boxes another stream is asked for, and it moves too.
    driver.find_element(By.ID, "overlay").click()
    wait.until(lambda d: "overlay=0" in d.find_element(By.ID, "picture").get_attribute("src"))
    wait.until(lambda d: d.execute_script("return document.getElementById('picture').naturalWidth") > 0)
    driver.find_element(By.ID, "exact").click()
    assert driver.find_element(By.ID, "exact").get_attribute("aria-pressed") == "true"
    return wait


def call(url, method, path, body=None):
    """Somebody else at the same agent."""
    request = urllib.request.Request(url + "api/v1/" + path, method=method,
                                     data=None if body is None else json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        text = answer.read()
        return json.loads(text) if text else {}


def tap(driver, element):
    """A real click, in sight of the thumb: above the bar at the bottom."""
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def tune(driver, wait, url):
    """Sliders, states, undo, presets and names, by clicking; the agent is asked what it has."""
    phone(driver, 360, 780)
    value = lambda group, name: call(url, "GET", "tuning")["values"][group][name]
    row = lambda key: driver.find_element(By.CSS_SELECTOR, f".row[data-key='{key}']")
    state = lambda key: row(key).get_attribute("data-state")
    by_id = lambda name: driver.find_element(By.ID, name)
    wait.until(lambda d: d.find_elements(By.CSS_SELECTOR, ".row[data-key='detect.min_neighbors']"))
    schema = call(url, "GET", "schema")["parameters"]
    tunable = {p["key"] for p in schema if p["applies"] == "next_frame"}
    shown = {e.get_attribute("data-key") for e in driver.find_elements(By.CSS_SELECTOR, ".row")}
    assert shown == tunable, shown ^ tunable

    # A tap on + asks, is accepted, takes effect and is kept.
    neighbours = row("detect.min_neighbors")
    before = value("detect", "min_neighbors")
    tap(driver, neighbours.find_elements(By.CSS_SELECTOR, ".nudge")[1])
    wait.until(lambda d: state("detect.min_neighbors") == "kept" and "kept" in row("detect.min_neighbors").text)
    assert value("detect", "min_neighbors") == before + 1
    # A drag at the slider, by key, is one step for Undo.
    slider = neighbours.find_element(By.CSS_SELECTOR, "input[type=range]")
    for _ in range(4):
        slider.send_keys(Keys.ARROW_RIGHT)
    wait.until(lambda d: value("detect", "min_neighbors") == before + 5)
    assert neighbours.find_element(By.CSS_SELECTOR, ".value").text == str(before + 5)
    # Taps within two seconds are one step; on a slow machine there are more.
    while (now := value("detect", "min_neighbors")) != before:
        by_id("undo").click()
        wait.until(lambda d: value("detect", "min_neighbors") < now)
    wait.until(lambda d: neighbours.find_element(By.CSS_SELECTOR, ".value").text == str(before))

    # Somebody else's change shows, and a value that cannot be says why.
    call(url, "PATCH", "tuning", {"detect": {"max_size": "40x40"}})
    wait.until(lambda d: "40x40" in row("detect.max_size").text)
    least = row("detect.min_size")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", least)
    least.find_element(By.CSS_SELECTOR, "input[type=range]").send_keys(Keys.END)
    wait.until(lambda d: state("detect.min_size") == "refused")
    assert "min_size" in least.find_element(By.CSS_SELECTOR, ".state").text, least.text
    assert value("detect", "min_size") == "30x30"
    wait.until(lambda d: least.find_element(By.CSS_SELECTOR, ".value").text.startswith("30x30"))
    tap(driver, row("detect.max_size").find_element(By.CSS_SELECTOR, ".zero"))
    wait.until(lambda d: value("detect", "max_size") == "0x0")

    # A switch and a text in a closed group.
    tap(driver, driver.find_element(By.CSS_SELECTOR, "details[data-group=stream] summary"))
    tap(driver, row("stream.caption").find_element(By.CSS_SELECTOR, ".switch"))
    wait.until(lambda d: value("stream", "caption") is False)

    # Presets.
    tap(driver, driver.find_element(By.CSS_SELECTOR, "#presets summary"))
    by_id("preset-name").send_keys("no caption")
    tap(driver, by_id("preset-save"))
    wait.until(lambda d: "saved" in text(d, "tuning-notice"))
    tap(driver, row("stream.caption").find_element(By.CSS_SELECTOR, ".switch"))
    wait.until(lambda d: value("stream", "caption") is True)
    tap(driver, by_id("preset-apply"))
    wait.until(lambda d: value("stream", "caption") is False)
    tap(driver, by_id("preset-delete"))
    wait.until(lambda d: not call(url, "GET", "presets")["presets"])

    # Who changed what, the name, and which one it is.
    tap(driver, driver.find_element(By.CSS_SELECTOR, "#history summary"))
    wait.until(lambda d: "detect.min_neighbors" in text(d, "steps") and "preset no caption" in text(d, "steps"))
    tap(driver, driver.find_element(By.CSS_SELECTOR, "#agent summary"))
    location = by_id("agent-location")
    location.clear()
    location.send_keys("left lane")
    tap(driver, by_id("agent-save"))
    wait.until(lambda d: call(url, "GET", "agent")["location"] == "left lane")
    tap(driver, by_id("identify"))
    wait.until(lambda d: "at the desk" in text(d, "tuning-notice"))
    driver.execute_script("scrollTo(0, 0)")
    # The sign's band, left of the name: much darker or brighter than the booth there, and it blinks.
    band = lambda d: int(d.execute_script(SAMPLE).split(",")[21 * 64 + 1])
    wait.until(lambda d: band(d) > 215)
    wait.until(lambda d: band(d) < 40)
    SHOTS.mkdir(parents=True, exist_ok=True)
    shoot(driver, "identify", 360, 780, "dark")
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 360, "it scrolls sideways"
    small = driver.execute_script(
        "return [...document.querySelectorAll('#tuning button, #tuning summary, #undo')].filter(e => e.offsetParent &&"
        " e.getBoundingClientRect().height < 40).map(e => e.id || e.textContent)")
    assert not small, f"too small for a thumb: {small}"
    for scheme in ("dark", "light"):
        driver.execute_script("document.getElementById('tuning').scrollIntoView()")
        shoot(driver, f"tuning-{scheme}", 360, 780, scheme)
        driver.execute_script("document.getElementById('presets').scrollIntoView()")
        shoot(driver, f"presets-{scheme}", 360, 780, scheme)


def draw(driver, wait, url):
    """A zone by tapping, moved by dragging, taken back by Undo; a line and a mask; faces shown and not."""
    phone(driver, 360, 780)
    by_id = lambda name: driver.find_element(By.ID, name)
    values = lambda: call(url, "GET", "tuning")["values"]
    view = by_id("view")

    def touch(x, y):
        size = view.size
        ActionChains(driver).move_to_element_with_offset(
            view, round((x - .5) * size["width"]), round((y - .5) * size["height"])).click().perform()

    def add(kind, points, name, shot=None):
        tap(driver, by_id(f"add-{kind}"))
        for x, y in points:
            touch(x, y)
        by_id("shape-name").send_keys(name)
        driver.execute_script("scrollTo(0, 0)")
        if shot:
            for scheme in ("dark", "light"):
                shoot(driver, f"{shot}-{scheme}", 360, 780, scheme)
        tap(driver, by_id("shape-save"))
        wait.until(lambda d: not by_id("shape-editor").is_displayed())

    before = by_id("region").is_displayed()
    add("zone", [(.2, .3), (.6, .3), (.6, .8), (.2, .8)], "desk", "shape-editor")
    assert by_id("region").is_displayed() == before, "taps went to the focus"
    zone, = values()["track"]["zones"]
    assert zone["name"] == "desk" and len(zone["points"]) == 4, zone
    assert abs(zone["points"][2][0] - .6) < .02 and abs(zone["points"][2][1] - .8) < .02, zone

    # Dragged by its third point; a change within two seconds of the last would be the same step for Undo.
    time.sleep(2.5)
    tap(driver, driver.find_element(By.CSS_SELECTOR, "#shape-list button"))
    driver.execute_script("scrollTo(0, 0)")
    grip = driver.find_elements(By.CSS_SELECTOR, ".handle")[2]
    ActionChains(driver).drag_and_drop_by_offset(grip, 72, -40).perform()
    tap(driver, by_id("shape-save"))
    wait.until(lambda d: abs(values()["track"]["zones"][0]["points"][2][0] - .8) < .02)
    assert len(values()["track"]["zones"][0]["points"]) == 4, "the drag was taken for a tap"
    by_id("undo").click()
    wait.until(lambda d: abs(values()["track"]["zones"][0]["points"][2][0] - .6) < .02)

    add("line", [(.75, .2), (.75, .9)], "door")
    assert values()["track"]["lines"][0]["ways"] == ["in", "out"]
    add("mask", [(.02, .02), (.3, .02), (.02, .25)], "")
    assert len(values()["detect"]["masks"]) == 1
    # What cannot be says why, and stays to be mended: two zones of one name.
    tap(driver, by_id("add-zone"))
    for x, y in [(.4, .1), (.5, .1), (.5, .2)]:
        touch(x, y)
    by_id("shape-name").send_keys("desk")
    tap(driver, by_id("shape-save"))
    wait.until(lambda d: "twice" in text(d, "tuning-notice"))
    tap(driver, by_id("shape-cancel"))

    tap(driver, by_id("calibrate"))
    wait.until(lambda d: "faces=visible" in by_id("picture").get_attribute("src") and "shown here" in text(d, "privacy"))
    assert call(url, "GET", "status")["calibration"]["open"]
    driver.execute_script("scrollTo(0, 0)")
    wait.until(lambda d: d.execute_script("return document.getElementById('picture').naturalWidth") > 0)
    for scheme in ("dark", "light"):
        shoot(driver, f"shapes-{scheme}", 360, 900, scheme)
    tap(driver, by_id("calibrate"))
    wait.until(lambda d: "faces=visible" not in by_id("picture").get_attribute("src"))
    assert not call(url, "GET", "status")["calibration"]["open"]
    driver.execute_script("scrollTo(0, 0)")
    wait.until(lambda d: d.execute_script("return document.getElementById('picture').naturalWidth") > 0)
    shoot(driver, "coarse", 360, 900, "dark")
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 360, "it scrolls sideways"

    for _ in range(3):
        tap(driver, driver.find_element(By.CSS_SELECTOR, "#shape-list button"))
        tap(driver, by_id("shape-remove"))
        wait.until(lambda d: not by_id("shape-editor").is_displayed())
    left = values()
    assert not (left["track"]["zones"] or left["track"]["lines"] or left["detect"]["masks"]), left


def warn(driver, wait, work):
    """What the machine warns of stands under the picture: here a disk that nobody has."""
    agent = subprocess.Popen(
        [AGENTD, "run", "--source", "synthetic:still?size=320x240&fps=5", "--listen", "127.0.0.1:0",
         "--state-dir", work + "/warned", "--insecure-loopback", "--set", "health.min_disk_megabytes=900000000"],
        stdout=subprocess.PIPE, text=True)
    try:
        driver.get(agent.stdout.readline().removeprefix("ready ").strip())
        wait.until(lambda d: "are free where counts are kept" in text(d, "warnings"))
        assert "journal.max_megabytes" in text(driver, "warnings"), text(driver, "warnings")
        assert driver.execute_script("return document.documentElement.scrollWidth") <= 360, "it scrolls sideways"
        shoot(driver, "warnings", 360, 780, "light")
    finally:
        agent.kill()
        agent.wait()


def log_in(driver, wait, work):
    """A new agent asks for its token in a form, and its page then works by a cookie over HTTPS."""
    agent = subprocess.Popen(
        [AGENTD, "run", "--source", "synthetic:booth?seed=1&people=2&size=320x240&fps=10",
         "--listen", "127.0.0.1:0", "--state-dir", work + "/guarded", "--set", "agent.name=the <guarded>"],
        stdout=subprocess.PIPE, text=True)
    try:
        url = agent.stdout.readline().split()[1]
        assert url.startswith("https://"), url
        token = Path(work + "/guarded/token").read_text().strip()
        driver.get(url)
        assert driver.current_url == url + "login", driver.current_url
        assert "the <guarded>" in driver.page_source.replace("&lt;", "<").replace("&gt;", ">")
        driver.find_element("id", "token").send_keys("not-it")
        tap(driver, driver.find_element("id", "enter"))
        wait.until(lambda d: "not this agent" in text(d, "problem"))
        shoot(driver, "login-dark", 360, 640, "dark")
        shoot(driver, "login-light", 360, 640, "light")
        driver.find_element("id", "token").send_keys(token)
        tap(driver, driver.find_element("id", "enter"))
        wait.until(lambda d: d.current_url == url)
        wait.until(lambda d: text(d, "faces").isdigit())
        wait.until(lambda d: d.execute_script("return document.getElementById('picture').naturalWidth") == 320)
        wait.until(lambda d: len(d.find_elements("css selector", "#rows-of-tuning input")) > 3)
        shoot(driver, "logged-in", 360, 780, "dark")
        tap(driver, driver.find_element("css selector", "#log-out button"))
        wait.until(lambda d: d.current_url == url + "login")
        driver.get(url)
        assert driver.current_url == url + "login", "logging out ended nothing"
    finally:
        agent.kill()
        agent.wait()


def main():
    with tempfile.TemporaryDirectory() as work:
        agent = subprocess.Popen(
            [AGENTD, "run", "--source", "synthetic:booth?seed=1&people=4", "--listen", "127.0.0.1:0",
             "--state-dir", work + "/state", "--insecure-loopback", "--set", "agent.name=at the desk",
             "--set", "detect.detector=haar"],  # whose sliders are tapped
            stdout=subprocess.PIPE, text=True)
        try:
            url = agent.stdout.readline().removeprefix("ready ").strip()
            assert url.startswith("http://"), url
            driver = browser(work + "/profile")
            try:
                wait = check(driver, url)
                wait.until(lambda d: d.find_elements(By.CSS_SELECTOR, ".row[data-key='track.zones']"))
                draw(driver, wait, url)
                tune(driver, wait, url)
                # The refused value is one on purpose; Chromium logs it.
                errors = [e for e in driver.get_log("browser")
                          if e["level"] == "SEVERE" and "status of 422" not in e["message"]]
                assert not errors, errors
                # The agent goes away: the page says so in words.
                agent.terminate()
                agent.wait(PATIENCE)
                wait.until(lambda d: "No answer" in text(d, "notice"))
                warn(driver, wait, work)
                log_in(driver, wait, work)
            finally:
                driver.quit()
        finally:
            if agent.poll() is None:
                agent.kill()
            agent.wait()
    print("1 passed, 0 failed")


main()
