"""The figures we report are counted right."""

from __future__ import annotations

from steunwijzer.evaluation import evaluate


def line(text: str, ranking: list[str], **known: object) -> dict:
    return {
        "text": text,
        "intent_ranking": [{"name": n, "confidence": 0.5} for n in ranking],
        "safety": {"class": None},
        **known,
    }


def test_strict_lenient_and_top_three() -> None:
    report = evaluate(
        [
            line("a", ["pgb_uitleg", "vervoer"], label="pgb_uitleg"),
            line("b", ["vervoer", "pgb_uitleg"], label="pgb_uitleg", second_label="vervoer"),
            line("c", ["a", "b", "wlz"], label="wlz"),
            line("d", ["a", "b", "c", "wlz"], label="wlz", context_light=True, register="informal"),
        ]
    ).as_dict()
    assert report["overall"] == {"n": 4, "strict": 0.25, "lenient": 0.5, "top3": 0.75}
    assert report["without_context_light"]["n"] == 3
    assert report["per_register"]["informal"]["top3"] == 0
    assert report["confusions"] == [{"label": "wlz", "predicted": "a", "n": 2}]


def test_a_detail_counts_as_its_topic_and_takes_one_place_in_the_ranking() -> None:
    ranking = ["pgb_beheer__svb", "pgb_beheer__zorgovereenkomst", "wlz", "vervoer"]
    report = evaluate([line("a", ranking, label="pgb_beheer"), line("b", ranking, label="vervoer")]).as_dict()
    assert report["overall"] == {"n": 2, "strict": 0.5, "lenient": 0.5, "top3": 1.0}


def test_safety_recall_and_false_alarms() -> None:
    seen = {"class": "crisis_suicide"}
    report = evaluate(
        [
            line("a", [], expect="crisis_suicide", safety=seen),
            line("b", [], expect="huiselijk_geweld", safety=seen),
            line("c", [], expect="spoed"),
            line("d", [], expect="none"),
            line("e", [], expect="none", safety=seen),
        ]
    ).as_dict()["safety"]
    assert (report["recall"], report["recall_exact"], report["false_alarms"]) == (0.6667, 0.3333, 0.5)
    assert report["missed"] == ["c"]
    assert report["false"] == ["e"]
