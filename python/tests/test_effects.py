"""The result, its errors, and the other commands."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import pytest
from conftest import CHEESE

import rowwise


def test_words_of_a_result(cheese_effects):
    assert repr(cheese_effects).startswith("Effects of display on log_volume: 88 rows in .table\n  ATE 0.2")
    summary = str(cheese_effects)
    assert "88 units (retailer) x 68 periods" in summary
    assert " --" not in summary
    page = cheese_effects._repr_html_()
    assert "BOSTON - STAR MARKET" in page
    assert "10 rows of 88" in page
    assert cheese_effects.provenance["seed"] == 1
    assert cheese_effects.level == 0.95


def test_report(cheese_effects, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = cheese_effects.report("report.html")
    assert file == tmp_path / "report.html"
    assert "data frame" in file.read_text()
    with pytest.raises(rowwise.InputError, match=r"\.html"):
        cheese_effects.report("report.txt")
    with pytest.raises(rowwise.InputError, match="there is no folder"):
        cheese_effects.report(tmp_path / "absent/report.html")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_cells_of_a_unit(cheese_effects):
    cells = cheese_effects.cells("BOSTON - STAR MARKET")
    assert len(cells) == 68
    assert cells["se"].notna().all()
    with pytest.raises(rowwise.InputError, match="BOSTON - STAR MARKET"):
        cheese_effects.cells("BOSTON - STAR MARKT")


def test_checks(staggered):
    effects = rowwise.estimate(staggered.panel, noise="iid", effects="constant")
    checks = effects.check(horizons=2, draws=2)
    assert set(checks.table["check"]) >= {"placebo", "carry-over"}
    assert str(checks).startswith(f"{checks.verdict}: {checks.conclusion}")
    assert checks.widening >= 1


def test_weights_groups_covariates_attributes(cheese):
    frame = cheese.copy()
    frame["city"] = frame["retailer"].str.split(" - ").str[0].str[0]
    frame["people"] = frame["retailer"].str.len()
    grouped = rowwise.estimate(frame, **CHEESE, group="city", weights="people", noise="iid", effects="constant")
    plain = rowwise.estimate(frame, **CHEESE, noise="iid", effects="constant")
    assert (grouped.table["ate"].dropna() == plain.table["ate"].dropna()).all()
    assert grouped.averages.loc[0, "ate"] != plain.averages.loc[0, "ate"]
    assert set(grouped.by_group["group"]) == set(frame["city"])
    with pytest.raises(rowwise.InputError, match="group="):
        plain.by_group  # noqa: B018
    explained = rowwise.estimate(
        frame, **CHEESE, covariates=["price"], attributes=["city", "people"], noise="iid", effects="constant"
    )
    assert "price" in str(explained)
    assert explained.table["ate"].notna().sum() == 79
    with pytest.raises(rowwise.InputError, match="covariates"):
        explained.check()


def test_inspect(cheese):
    inspection = rowwise.inspect(cheese, **CHEESE)
    assert len(inspection.units) == 88
    assert "Spectrum" in str(inspection)


def test_errors(cheese):
    shock = cheese.assign(display=(cheese["week"] > 30).astype(int))
    with pytest.raises(rowwise.NotIdentifiedError, match="data frame: no effect can be estimated"):
        rowwise.estimate(shock, **CHEESE)
    for option in ({"noise": "ar2"}, {"level": 95}, {"threads": 0}, {"rank": 500}, {"method": "spectal"}):
        with pytest.raises(rowwise.InputError, match=next(iter(option))):
            rowwise.estimate(cheese, **CHEESE, **option)
    assert issubclass(rowwise.InputError, ValueError)
    assert issubclass(rowwise.InputError, rowwise.RowwiseError)


def test_threads_change_nothing(staggered):
    one = rowwise.estimate(staggered.panel, threads=1).table
    two = rowwise.estimate(staggered.panel, threads=2).table
    assert one.equals(two)


def test_from_another_thread(staggered):
    found = []
    thread = threading.Thread(target=lambda: found.append(rowwise.estimate(staggered.panel, effects="constant")))
    thread.start()
    thread.join()
    assert len(found[0].table) == 40


def test_estimates_are_near_the_truth(staggered):
    effects = rowwise.estimate(staggered.panel)
    both = effects.table.merge(staggered.truth, on="unit", suffixes=("", "_true")).dropna(subset=["att", "att_true"])
    assert len(both) > 20
    assert np.corrcoef(both["att"], both["att_true"])[0, 1] > 0.7


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupt_cancels_a_fit():
    panel = rowwise.simulate(units=800, periods=400, assignment="staggered", seed=2).panel
    # A process that was started in the background ignores the signal, and Python follows it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    start = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            rowwise.estimate(panel)
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - start < 20
    assert len(rowwise.inspect(panel.head(4000)).units) == 10


def python(code, **environment):
    """Run code in a Python of its own, in which Java has not been started."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_java_that_is_not_there(tmp_path):
    done = python("import rowwise; rowwise.start_java()", JAVA_HOME=str(tmp_path))
    assert f"JavaNotFoundError: JAVA_HOME is {tmp_path}, which holds no Java; install" in done.stderr


def test_java_that_is_too_old(tmp_path):
    (tmp_path / "lib/server").mkdir(parents=True)
    (tmp_path / "lib/server/libjvm.so").touch()
    (tmp_path / "release").write_text('JAVA_VERSION="11.0.2"\n')
    done = python("import rowwise; rowwise.start_java()", JAVA_HOME=str(tmp_path))
    assert f"JAVA_HOME is {tmp_path}, which is Java 11; install" in done.stderr


def test_java_options():
    code = """
        import jpype, rowwise
        rowwise.start_java("-Xmx700m")
        print(jpype.JClass("java.lang.Runtime").getRuntime().maxMemory() >> 20, jpype.JClass("java.lang.System").getProperty("x"))
        rowwise.start_java("-Xmx800m")
    """
    done = python(code, ROWWISE_JAVA_OPTIONS="-Dx=y -XX:+UseSerialGC")
    memory, option = done.stdout.split()
    assert 600 < int(memory) <= 700
    assert option == "y"
    assert "Java has been started already" in done.stderr


def test_too_little_memory():
    code = """
        import rowwise
        rowwise.start_java("-Xmx40m")
        rowwise.simulate(units=3000, periods=3000)
    """
    done = python(code)
    assert "JavaMemoryError: out of memory: Java may use" in done.stderr


def test_the_version_is_that_of_the_jars():
    version = rowwise.simulate(units=10, periods=10).panel
    made = rowwise.estimate(version, method="spectral").provenance["version"]
    assert rowwise.__version__ == made.replace("-SNAPSHOT", ".dev0")
