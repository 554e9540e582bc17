"""What the office decides, its emblem, and its tree, with the real PostgreSQL."""

import io
import threading
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM, Entry
from pendopo.office import sections
from pendopo.office.actions.decisions import change_office, create_office
from pendopo.office.actions.emblem import clean_picture, set_emblem
from pendopo.office.actions.units import change_unit, create_unit, delete_unit, free_slug
from pendopo.office.models import AgencyUnit, Office
from pendopo.office.queries import unit_tree
from pendopo.office.rules import UnitKind
from pendopo.people.actions.accounts import create_account
from pendopo.people.rules import Duty

PASSWORD = "kata-sandi-uji"


@pytest.fixture
def office(db: None, settings, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path
    return create_office("Diskominfo", "Pendopo", SYSTEM)


@pytest.fixture
def administrator(office: Office) -> Client:
    account = create_account("a@test.example", PASSWORD, "Sri", [Duty.ADMINISTRATOR])
    client = Client()
    client.force_login(account)
    return client


def picture(side: int = 600, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "#8a4b14").save(out, kind, **more)
    return out.getvalue()


def upload(content: bytes, name: str = "lambang.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_there_is_one_office(office: Office) -> None:
    assert create_office("Lain", "Lain", SYSTEM).pk == office.pk
    with pytest.raises(IntegrityError):
        Office.objects.create(name="Lain", service_name="Lain")


def test_a_change_is_in_the_journal_with_old_and_new_value(office: Office) -> None:
    change_office({"uplink_mbps": 500, "name": "Diskominfo"}, SYSTEM)
    assert Entry.objects.get(kind="office.changed").facts == {
        "changes": {"uplink_mbps": [1000, 500]}
    }


def test_nothing_changed_is_nothing_written(office: Office) -> None:
    change_office({"uplink_mbps": 1000}, SYSTEM)
    assert not Entry.objects.filter(kind="office.changed").exists()


def test_an_address_is_not_quoted_in_the_journal(office: Office) -> None:
    change_office({"letterhead_address": "Jalan Merdeka 1, telepon 0271 123456"}, SYSTEM)
    assert Entry.objects.get(kind="office.changed").facts == {"changes": {"letterhead_address": []}}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service_name", "rapat@karangjati.go.id"),
        ("letterhead_office", "Kominfo, kominfo@karangjati.go.id"),
        ("classification_code", "400.14.5.4.1.2"),
    ],
)
def test_what_looks_personal_is_kept_but_not_quoted(office: Office, field: str, value: str) -> None:
    change_office({field: value}, SYSTEM)
    assert getattr(Office.objects.get(), field) == value
    assert Entry.objects.get(kind="office.changed").facts == {"changes": {field: []}}


def test_before_the_office_has_a_name_its_settings_say_so(db: None) -> None:
    account = create_account("a@test.example", PASSWORD, "Sri", [Duty.ADMINISTRATOR])
    client = Client()
    client.force_login(account)
    for address in ("kantor", "jalur", "lambang"):
        assert client.get(f"/pengaturan/{address}").status_code == 409
        assert client.post(f"/pengaturan/{address}").status_code == 409


def test_a_unit_saved_as_it_was_is_not_in_the_journal(office: Office) -> None:
    unit = create_unit("Kecamatan", UnitKind.SUBDISTRICT, None, SYSTEM)
    change_unit(unit, {"name": "Kecamatan", "parent": None}, SYSTEM)
    assert not Entry.objects.filter(kind="unit.changed").exists()
    change_unit(unit, {"name": "Kecamatan Baru", "parent": None}, SYSTEM)
    assert Entry.objects.get(kind="unit.changed").facts == {"fields": ["name"]}


@pytest.mark.parametrize("slug", [section.slug for section in sections.sections()])
def test_each_section_shows_and_saves_itself(administrator: Client, slug: str) -> None:
    page = administrator.get(f"/pengaturan/{slug}")
    form, seen = page.context["form"], page.context["seen"]
    values = {name: form[name].value() for name in form.fields}
    answer = administrator.post(
        f"/pengaturan/{slug}", {k: v for k, v in values.items() if v is not None} | {"seen": seen}
    )
    assert answer.status_code == 302, answer.context["form"].errors


def test_what_two_change_at_once_is_shown_to_the_second(administrator: Client) -> None:
    seen = administrator.get("/pengaturan/jalur").context["seen"]
    change_office({"uplink_mbps": 300}, SYSTEM)
    mine = {"uplink_mbps": 200, "uplink_headroom_percent": 10, "seen": seen}
    answer = administrator.post("/pengaturan/jalur", mine)
    assert answer.status_code == 422
    assert 'value="200"' in answer.content.decode()
    assert Office.objects.get().uplink_mbps == 300
    again = administrator.post("/pengaturan/jalur", mine | {"seen": answer.context["seen"]})
    assert again.status_code == 302
    assert Office.objects.get().uplink_mbps == 200


def test_a_wrong_number_template_is_refused_and_kept_on_the_page(administrator: Client) -> None:
    seen = administrator.get("/pengaturan/penomoran").context["seen"]
    wrong = {"classification_code": "555", "number_template": "{nomor}/x", "seen": seen}
    answer = administrator.post("/pengaturan/penomoran", wrong)
    assert answer.status_code == 422
    assert "{nomor}/x" in answer.content.decode()
    assert Office.objects.get().number_template == "{code}/{number}/Diskominfo"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_an_emblem_is_drawn_anew_small_and_clean(kind: str) -> None:
    hidden = PngInfo()
    hidden.add_text("Comment", "<script>alert(1)</script>")
    more = {"pnginfo": hidden} if kind == "PNG" else {"exif": b"Exif\0\0GPS -7.56"}
    content = picture(1200, kind, **more) + b"<?php system('x'); ?>"
    clean = clean_picture(upload(content))
    drawn = Image.open(io.BytesIO(clean))
    assert (drawn.format, drawn.size) == ("PNG", (512, 512))
    assert not any(word in clean for word in (b"script", b"GPS", b"php"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "emblem_unreadable"),
        (b"", "emblem_unreadable"),
        (b"\x89PNG\r\n\x1a\n broken", "emblem_unreadable"),
        (picture()[:200], "emblem_unreadable"),
        (picture(6001), "emblem_too_large"),
        (b"x" * (5 * 2**20 + 1), "emblem_too_large"),
    ],
)
def test_a_hostile_or_huge_picture_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        clean_picture(upload(content))
    assert refused.value.code == code


@pytest.mark.django_db(transaction=True)
def test_the_emblem_is_served_and_the_one_before_is_gone(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    create_office("Diskominfo", "Pendopo", SYSTEM)
    set_emblem(upload(picture(100)), SYSTEM)
    first = str(Office.objects.get().emblem)
    set_emblem(upload(picture(200)), SYSTEM)
    second = str(Office.objects.get().emblem)
    assert [path.name for path in (tmp_path / "office").iterdir()] == [Path(second).name]
    client = Client()
    served = client.get(f"/lambang/{Path(second).name}")
    assert (served.status_code, served["Content-Type"]) == (200, "image/png")
    assert "immutable" in served["Cache-Control"]
    assert served.getvalue().startswith(b"\x89PNG")
    served.close()
    assert client.get(f"/lambang/{Path(first).name}").status_code == 404
    assert client.get("/lambang/..%2F..%2Fsecrets").status_code == 404


def test_a_units_address_is_made_from_its_name(office: Office) -> None:
    first = create_unit("Dinas Pendidikan & Kebudayaan", UnitKind.AGENCY, None, SYSTEM)
    second = create_unit("Dinas Pendidikan, Kebudayaan", UnitKind.AGENCY, None, SYSTEM)
    assert first.slug == "dinas-pendidikan-kebudayaan"
    assert second.slug == "dinas-pendidikan-kebudayaan-2"
    assert free_slug("學校") == "unit"


def test_the_tree_stands_in_order(office: Office) -> None:
    top = create_unit("Kecamatan B", UnitKind.SUBDISTRICT, None, SYSTEM)
    create_unit("Desa Z", UnitKind.VILLAGE, top, SYSTEM)
    create_unit("Desa A", UnitKind.VILLAGE, top, SYSTEM)
    create_unit("Dinas A", UnitKind.AGENCY, None, SYSTEM)
    assert [(b.unit.name, b.depth) for b in unit_tree()] == [
        ("Dinas A", 0),
        ("Kecamatan B", 0),
        ("Desa A", 1),
        ("Desa Z", 1),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_close_no_circle() -> None:
    one = create_unit("Satu", UnitKind.AGENCY, None, SYSTEM)
    two = create_unit("Dua", UnitKind.AGENCY, None, SYSTEM)
    together = threading.Barrier(2)
    refused: list[str] = []

    def move(unit: AgencyUnit, below: AgencyUnit) -> None:
        try:
            together.wait()
            change_unit(unit, {"parent": below}, SYSTEM)
        except Refused as no:
            refused.append(no.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=move, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["unit_in_a_circle"]


def test_a_unit_in_use_is_not_deleted(office: Office) -> None:
    top = create_unit("Kecamatan", UnitKind.SUBDISTRICT, None, SYSTEM)
    below = create_unit("Desa", UnitKind.VILLAGE, top, SYSTEM)
    with pytest.raises(Refused) as refused:
        delete_unit(top, SYSTEM)
    assert refused.value.code == "unit_in_use"
    delete_unit(below, SYSTEM)
    delete_unit(top, SYSTEM)
    assert not AgencyUnit.objects.exists()
    assert Entry.objects.filter(kind="unit.deleted").count() == 2


def test_lists_of_200_take_as_many_queries_as_empty_ones(
    administrator: Client, django_assert_max_num_queries
) -> None:
    top = create_unit("Kecamatan", UnitKind.SUBDISTRICT, None, SYSTEM)
    AgencyUnit.objects.bulk_create(
        AgencyUnit(name=f"Desa {n}", slug=f"desa-{n}", kind="village", parent=top)
        for n in range(200)
    )
    # Seven for the page, one for the messages not read, one for what waits on the desk.
    with django_assert_max_num_queries(11):
        page = administrator.get("/pengaturan/unit/")
    assert page.content.decode().count("entry depth-1") == 200
