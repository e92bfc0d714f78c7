"""A stand-in for comtypes with a scanner behind it that follows the published behaviour of WIA 2.0's automation objects."""

import io
import threading
import types
import weakref
from pathlib import Path

from PIL import Image

PROPERTIES = {
    3074: 8500, 3075: 11700, 3076: 8500, 3077: 14000, 3086: 1 | 2 | 4, 3087: 1, 3088: 2, 3096: 0,
    6146: 1, 6147: 200, 6148: 200, 6149: 0, 6150: 0, 6151: 1700, 6152: 2340,
}
OF_THE_DEVICE = 6000
"""Properties below belong to the device, those above to its item."""


class COMError(Exception):
    """What comtypes raises: the number has a sign."""

    def __init__(self, number):
        super().__init__(number)
        self.hresult = number - 2**32


class Property:
    def __init__(self, number, value, choices=(), read_only=False):
        self.PropertyID, self.Name, self.IsReadOnly = number, str(number), read_only
        self._value = value
        self.SubType = 2 if isinstance(choices, tuple) and choices else 1 if isinstance(choices, range) else 0
        self.SubTypeValues = choices if isinstance(choices, tuple) else ()
        self.SubTypeMin, self.SubTypeMax = (choices.start, choices.stop - 1) if isinstance(choices, range) else (0, 0)

    @property
    def Value(self):
        return self._value

    @Value.setter
    def Value(self, value):
        if self.IsReadOnly or (self.SubTypeValues and value not in self.SubTypeValues):
            raise COMError(0x80070057)
        self._value = value


class Object:
    """A COM object: who still has it when COM is ended would let go of it after that, into nowhere."""

    def __init__(self, machine, **members):
        self.__dict__.update(members)
        machine.given.append(weakref.ref(self))


class Machine:
    """A scanner: ``sheets`` in the feeder, ``faults`` by page number from 1 on, ``state`` of the feeder when it is asked."""

    def __init__(self, sheets=3):
        self.sheets, self.faults, self.read = sheets, {}, 0
        self.state = None
        self.lacks, self.refuses_to_connect, self.choices = set(), 0, (75, 200, 300)
        self.rubbish_at = 0
        self.values = dict(PROPERTIES)
        self.properties = {}
        self.threads = set()
        self.given = []

    def ended(self):
        """COM is ended on this thread."""
        self.threads.discard(threading.get_ident())
        assert [each for each in self.given if each() is not None] == [], "somebody still holds what COM gave"

    def DeviceInfo(self):
        return Object(self, DeviceID="{6BDD}\\0000", Type=1, Properties=[_named("Name", "Office WIA")], Connect=self.connect)

    def connect(self):
        assert threading.get_ident() in self.threads, "COM was not begun on this thread"
        if self.refuses_to_connect:
            raise COMError(self.refuses_to_connect)
        self.properties = {
            number: Property(number, value, self.choices if number in (6147, 6148) else (), number in (3086, 3087))
            for number, value in self.values.items() if number not in self.lacks}
        return self

    @property
    def Properties(self):
        if 3087 in self.properties and self.state is not None:
            self.properties[3087] = Property(3087, self.state, (), True)
        elif 3087 in self.properties:
            self.properties[3087] = Property(3087, int(self.read < self.sheets), (), True)
        return [known for number, known in self.properties.items() if number < OF_THE_DEVICE]

    @property
    def Items(self):
        return [Item(self)]

    def value(self, number):
        return self.properties[number].Value if number in self.properties else None


class Item:
    def __init__(self, machine):
        self._machine = machine

    @property
    def Properties(self):
        return [known for number, known in self._machine.properties.items() if number > OF_THE_DEVICE]

    def Transfer(self, wanted):
        machine = self._machine
        assert wanted == "{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}"
        number = machine.read + 1
        if number in machine.faults:
            raise COMError(machine.faults.pop(number))
        if machine.value(3088) == 2:
            return Picture(1)
        if number > machine.sheets:
            raise COMError(0x80210003)
        machine.read = number
        return Picture(number, rubbish=number == machine.rubbish_at)


class Picture:
    def __init__(self, number, rubbish=False):
        self._number, self._rubbish = number, rubbish

    def SaveFile(self, path):
        image = Image.new("RGB", (300, 400), "white")
        for bar in range(self._number):
            image.paste((20, 30, 90), (20 + bar * 24, 20, 34 + bar * 24, 120))
        out = io.BytesIO()
        image.save(out, "BMP")
        with Path(path).open("xb") as file:
            file.write(b"rubbish" if self._rubbish else out.getvalue())


def _named(name, value):
    return types.SimpleNamespace(PropertyID=7, Name=name, Value=value)


def install(monkeypatch, machine, *, camera=False, broken=0):
    """Put the stand-in where comtypes would be."""
    import sys

    def create(name, dynamic):
        assert (name, dynamic) == ("WIA.DeviceManager", True)
        if broken:
            raise COMError(broken)
        infos = [Object(machine, DeviceID="camera", Type=2)] if camera else []
        return Object(machine, DeviceInfos=[*infos, machine.DeviceInfo()])

    com = types.ModuleType("comtypes")
    com.COMError = COMError
    com.CoInitialize = lambda: machine.threads.add(threading.get_ident())
    com.CoUninitialize = machine.ended
    com.client = types.ModuleType("comtypes.client")
    com.client.CreateObject = create
    monkeypatch.setitem(sys.modules, "comtypes", com)
    monkeypatch.setitem(sys.modules, "comtypes.client", com.client)
