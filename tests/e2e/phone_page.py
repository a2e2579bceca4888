"""The page at the camera in a real browser: it loads, the picture moves, focus works, no errors."""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

if not shutil.which("chromedriver") or not (shutil.which("chromium") or shutil.which("chromium-browser")):
    print("SKIP   : no chromium with chromedriver here")
    sys.exit(77)

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

AGENTD, SHOTS = sys.argv[1], Path(sys.argv[2])
PATIENCE = 60  # seconds; only a hang comes near it


def browser(profile):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser")
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--disable-dev-shm-usage", f"--user-data-dir={profile}"):
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
    wait = WebDriverWait(driver, PATIENCE, poll_frequency=0.1)
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


def main():
    with tempfile.TemporaryDirectory() as work:
        agent = subprocess.Popen(
            [AGENTD, "run", "--source", "synthetic:booth?seed=1&people=4", "--listen", "127.0.0.1:0",
             "--state-dir", work + "/state", "--set", "agent.name=at the desk"],
            stdout=subprocess.PIPE, text=True)
        try:
            url = agent.stdout.readline().removeprefix("ready ").strip()
            assert url.startswith("http://"), url
            driver = browser(work + "/profile")
            try:
                wait = check(driver, url)
                errors = [e for e in driver.get_log("browser") if e["level"] == "SEVERE"]
                assert not errors, errors
                # The agent goes away: the page says so in words.
                agent.terminate()
                agent.wait(PATIENCE)
                wait.until(lambda d: "No answer" in text(d, "notice"))
            finally:
                driver.quit()
        finally:
            if agent.poll() is None:
                agent.kill()
            agent.wait()
    print("1 passed, 0 failed")


main()
