from world.calling import Api


def test_an_empty_list_is_an_empty_page(api: Api) -> None:
    assert api.get("/credentials").json() == {"items": [], "nextOffset": None}


def test_pages_together_are_the_whole_list(api: Api) -> None:
    made = {api.submission() for _ in range(3)}
    seen: list[str] = []
    offset: int | None = 0
    while offset is not None:
        page = api.get(f"/submissions?limit=2&offset={offset}").json()
        seen += [each["id"] for each in page["items"]]
        offset = page["nextOffset"]
    assert len(seen) == 3
    assert set(seen) == made


def test_a_list_can_be_narrowed_to_a_state(api: Api) -> None:
    submission = api.submission()
    assert [e["id"] for e in api.get("/submissions?state=submitted").json()["items"]] == [
        submission
    ]
    assert api.get("/submissions?state=issued").json()["items"] == []


def test_a_page_too_large_or_a_state_unknown_names_the_parameter(api: Api) -> None:
    for query in ("limit=0", "limit=101", "offset=-1", "state=perhaps"):
        assert api.get(f"/submissions?{query}").status_code == 422
