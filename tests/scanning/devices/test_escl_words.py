"""The XML of eSCL, as scanners of several makers write it and as nobody should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.scan_profile import ScanColour, ScanSettings, ScanSource
from counter_app.scanning.devices.escl_words import (
    PWG,
    SCAN,
    Capabilities,
    JobInfo,
    WrongAnswerError,
    last_part,
    path_of,
    read_capabilities,
    read_status,
    write_settings,
)
from tests.scanning.devices.escl_server import Behaviour, capabilities

FLAT = b"""<?xml version="1.0"?><!-- a device without prefixes -->
<ScannerCapabilities xmlns="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:p="http://www.pwg.org/schemas/2010/12/sm">
 <p:Version>2.0</p:Version><p:MakeAndModel>Plain 1</p:MakeAndModel>
 <Platen><PlatenInputCaps><MaxWidth>2550</MaxWidth><MaxHeight>3508</MaxHeight>
  <SettingProfiles><SettingProfile><ColorModes><ColorMode>RGB24</ColorMode><ColorMode>Strange9</ColorMode></ColorModes>
  <SupportedResolutions><ResolutionRange><XResolutionRange><Min>100</Min><Max>400</Max></XResolutionRange>
  <YResolutionRange><Min>100</Min><Max>400</Max></YResolutionRange></ResolutionRange></SupportedResolutions></SettingProfile></SettingProfiles>
 </PlatenInputCaps></Platen></ScannerCapabilities>"""
STATUS = f"""<scan:ScannerStatus xmlns:scan="{SCAN}" xmlns:pwg="{PWG}"><pwg:State>Processing</pwg:State><scan:AdfState> ScannerAdfJam </scan:AdfState>
<scan:Jobs><scan:JobInfo><pwg:JobUri>http://10.0.0.9/eSCL/ScanJobs/one/</pwg:JobUri><pwg:ImagesCompleted>7</pwg:ImagesCompleted>
<pwg:JobState>Aborted</pwg:JobState></scan:JobInfo><scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/two</pwg:JobUri><pwg:JobState>Completed</pwg:JobState>
</scan:JobInfo></scan:Jobs></scan:ScannerStatus>""".encode()
ABLE = read_capabilities(capabilities(Behaviour()))


def test_a_device_without_prefixes_is_read():
    told = read_capabilities(FLAT)
    assert (told.name, told.version, told.formats) == ("Plain 1", "2.0", frozenset())
    assert told.abilities.sources == (ScanSource.FLATBED,)
    assert told.abilities.colours == (ScanColour.COLOUR,)
    assert told.abilities.resolutions == (100, 150, 200, 240, 300, 400)
    assert told.abilities.area_mm[ScanSource.FLATBED] == pytest.approx((215.9, 297), abs=0.1)


@pytest.mark.parametrize("address", ["http://[bad/eSCL/ScanJobs/one", "http://a]/one"])
def test_a_job_whose_address_is_none_is_nobodys(address):
    status = read_status(STATUS.replace(b"http://10.0.0.9/eSCL/ScanJobs/one/", address.encode()))
    assert (path_of(address), status.adf, sorted(status.jobs)) == ("", "ScannerAdfJam", ["", "two"])


def test_resolutions_that_differ_across_and_down_are_left_out():
    odd = capabilities(Behaviour(resolutions=(200,))).replace(b"<scan:YResolution>200<", b"<scan:YResolution>100<")
    assert read_capabilities(odd).abilities.resolutions == ()


@pytest.mark.parametrize("number", ["", "x", "-5", "1e9", "99999999999", "٣٠٠"])
def test_a_number_that_is_none_is_not_told(number):
    odd = capabilities(Behaviour()).replace(b"<scan:MaxWidth>2550<", f"<scan:MaxWidth>{number}<".encode())
    assert read_capabilities(odd).abilities.area_mm == {}


def test_a_status_is_read_with_its_jobs():
    status = read_status(STATUS)
    assert (status.state, status.adf) == ("Processing", "ScannerAdfJam")
    assert status.jobs == {"one": JobInfo("Aborted", 7), "two": JobInfo("Completed", None)}


@pytest.mark.parametrize(("path", "name"), [("/eSCL/ScanJobs/1", "1"), ("/eSCL/ScanJobs/1/", "1"), ("1", "1"), ("", ""), ("///", "")])
def test_a_job_is_known_by_the_end_of_its_address(path, name):
    assert last_part(path) == name


@pytest.mark.parametrize("data", [
    b"", b"<", b"<ScannerStatus", b"<other/>", STATUS[:-5], b'<!DOCTYPE ScannerStatus><ScannerStatus/>',
    b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;&b;">]><ScannerStatus>&d;</ScannerStatus>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><ScannerStatus/>', b"<ScannerStatus>\0</ScannerStatus>",
    b"<ScannerStatus>" * 1000,
])
def test_a_document_that_is_none_or_hostile_is_refused(data):
    with pytest.raises(WrongAnswerError):
        read_status(data)


def test_a_file_of_this_pc_never_gets_into_a_name(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    hostile = capabilities(Behaviour()).replace(b"?>", f'?><!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'.encode(), 1)
    with pytest.raises(WrongAnswerError):
        read_capabilities(hostile.replace(b"Loopback Office 1", b"&s;"))


def test_a_name_without_an_end_is_cut():
    assert len(read_capabilities(capabilities(Behaviour()).replace(b"Loopback Office 1", b"x" * 9999)).name) == 200


def settings_of(colour=ScanColour.COLOUR, source=ScanSource.ADF, formats=("image/jpeg",), size=(210.0, 297.0)):
    able = Capabilities("x", "2.6", ABLE.abilities, frozenset(formats))
    return write_settings(ScanSettings(source, 300, colour, size), able).decode()


@pytest.mark.parametrize(("colour", "formats", "kind"), [
    (ScanColour.COLOUR, ("image/jpeg",), "image/jpeg"), (ScanColour.COLOUR, ("image/jpeg", "image/png"), "image/jpeg"),
    (ScanColour.GREY, ("image/png",), "image/png"), (ScanColour.GREY, (), "image/jpeg"), (ScanColour.BITONAL, ("image/jpeg", "image/png"), "image/png"),
])
def test_the_format_is_one_that_the_device_can_send(colour, formats, kind):
    assert f"<pwg:DocumentFormat>{kind}</pwg:DocumentFormat>" in settings_of(colour, formats=formats)
    assert f"<scan:DocumentFormatExt>{kind}</scan:DocumentFormatExt>" in settings_of(colour, formats=formats)


@pytest.mark.parametrize(("source", "place", "duplex"), [
    (ScanSource.FLATBED, "Platen", None), (ScanSource.ADF, "Feeder", "false"), (ScanSource.ADF_DUPLEX, "Feeder", "true"),
])
def test_the_source_is_in_the_words_of_the_protocol(source, place, duplex):
    asked = settings_of(source=source)
    assert f"<pwg:InputSource>{place}<" in asked
    assert ("Duplex" in asked) is (duplex is not None)
    assert duplex is None or f"<scan:Duplex>{duplex}<" in asked


def test_without_a_size_the_device_takes_its_own():
    assert "ScanRegion" not in settings_of(size=None)


@given(st.binary(max_size=300) | st.text("<>/ScannerStatus&;![]\"=").map(str.encode))
def test_no_bytes_bring_anything_but_a_status_or_a_refusal(data):
    try:
        read_status(data)
    except WrongAnswerError:
        return


@given(st.text(max_size=40), st.text(max_size=40))
def test_words_of_a_device_stay_words(name, state):
    from lxml import etree

    root = etree.Element("ScannerStatus")
    for tag, text in (("State", name), ("AdfState", state)):
        try:
            etree.SubElement(root, tag).text = text
        except ValueError:
            return
    status = read_status(etree.tostring(root))
    assert status.adf == state.replace("\r\n", "\n").strip() or "\r" in state
