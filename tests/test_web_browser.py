"""The pages in a real browser: they fit, they lead on, and they load nothing from elsewhere."""

import shutil
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from example_release import publish_example, serve_releases

CHROMIUM, DRIVER = (shutil.which(name) for name in ("chromium", "chromedriver"))
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no chromium with chromedriver here")

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PAGES = (
    "/",
    "/doc/example",
    "/page/actor/unhcr",
    "/page/state/pakistan",
    "/sparql",
    "/vocab",
    "/releases",
    "/nothing",
)
RESULTS = (
    "/sparql?query=SELECT%20*%20%7B%20GRAPH%20?g%20%7B%20?s%20a%20?kind%20%7D%20%7D%20LIMIT%2050&format=html"
)
WIDTHS = {"phone": 390, "desktop": 1280}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve_releases(publish_example(tmp_path_factory.mktemp("store"))) as found:
        yield found


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, Service(str(DRIVER)))
    yield driver
    driver.quit()


def set_width(browser: webdriver.Chrome, width: int) -> None:
    """Set the width of the page itself, whatever the window manager thinks of it."""
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


@pytest.mark.parametrize("path", [*PAGES, RESULTS])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_fit_the_screen(browser: webdriver.Chrome, address: str, path: str, width: int) -> None:
    """Nothing makes the page wider than the screen; wide tables scroll by themselves."""
    set_width(browser, width)
    browser.get(address + path)
    root = browser.find_element(By.TAG_NAME, "html")
    assert browser.execute_script("return window.innerWidth") == width
    assert int(root.get_property("scrollWidth")) <= width


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_nothing_from_elsewhere(browser: webdriver.Chrome, address: str, path: str) -> None:
    browser.get_log("browser")
    browser.get(address + path)
    loaded = browser.execute_script(
        "return performance.getEntriesByType('resource').map(entry => entry.name)"
    )
    assert any(name.endswith("/static/style.css") for name in loaded)
    assert [name for name in loaded if not name.startswith(f"{address}/")] == []
    refused = [entry["message"] for entry in browser.get_log("browser") if "404" not in entry["message"]]
    assert refused == []


def test_iri_of_an_actor_opens_its_page(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/id/actor/unhcr")
    assert browser.current_url == f"{address}/page/actor/unhcr"
    assert browser.find_element(By.TAG_NAME, "h1").text == "United Nations High Commissioner for Refugees"


def test_mark_leads_to_its_fact_and_back(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/doc/example")
    browser.find_element(By.CSS_SELECTOR, "#figure-share a").click()
    assert browser.current_url.endswith("#about-figure-share")
    browser.find_element(By.CSS_SELECTOR, "#about-figure-share .origin a").click()
    assert browser.current_url.endswith("/doc/example#figure-share")


def test_fact_on_an_actors_page_leads_to_its_sentence(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/page/actor/iom")
    browser.find_element(By.LINK_TEXT, "Show the sentence").click()
    assert browser.current_url == f"{address}/doc/example#statement-77-b"
    assert browser.find_element(By.ID, "statement-77-b").is_displayed()


def test_query_form_gives_a_table(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/sparql")
    area = browser.find_element(By.ID, "query")
    area.clear()
    area.send_keys("SELECT ?d { ?d a fr:Document ; dct:title 'UNHCR warns on returns'@en }")
    browser.find_element(By.CSS_SELECTOR, ".query button").click()
    assert [cell.text for cell in browser.find_elements(By.TAG_NAME, "td")] == ["doc/example"]
    browser.find_element(By.LINK_TEXT, "doc/example").click()
    assert browser.find_element(By.TAG_NAME, "h1").text == "UNHCR warns on returns"


def test_search_finds_a_name(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address)
    browser.find_element(By.ID, "find").send_keys("unhcr", Keys.ENTER)
    assert "/id/actor/unhcr" in {
        link.get_dom_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, "main a")
    }


def test_skip_link_is_first(browser: webdriver.Chrome, address: str) -> None:
    """The first stop of the keyboard leads past the navigation, and can then be seen."""
    browser.get(address)
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    focused = browser.switch_to.active_element
    assert focused.text == "Skip to the content"
    assert focused.location["x"] >= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/doc/example", "/sparql"])
def test_text_has_contrast(browser: webdriver.Chrome, address: str, path: str, scheme: str) -> None:
    """Every text stands out from its ground by at least 4.5 : 1 (WCAG 2.2, 1.4.3)."""
    feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
    browser.get(address + path)
    pairs = browser.execute_script(_COLOURS)
    weak = [pair for pair in pairs if find_contrast(*pair[:2]) < 4.5]
    assert len(pairs) > 20
    assert weak == []


_COLOURS = """
const ground = element => {
  for (let e = element; e; e = e.parentElement) {
    const colour = getComputedStyle(e).backgroundColor;
    if (colour !== 'rgba(0, 0, 0, 0)') return colour;
  }
  return 'none';
};
const read = text => text.match(/\\d+/g).map(Number).slice(0, 3);
const spoken = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
return [...document.querySelectorAll('body *')].filter(spoken).map(
  e => [read(getComputedStyle(e).color), read(ground(e)), e.tagName + ' ' + e.textContent.slice(0, 40)]);
"""


def find_contrast(first: list[int], second: list[int]) -> float:
    """Find the contrast of two colours (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    light, dark = sorted((find_luminance(first), find_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def find_luminance(colour: list[int]) -> float:
    parts = [c / 255 for c in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
