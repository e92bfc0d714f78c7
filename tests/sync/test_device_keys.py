"""The device's own key as the line sees it: there, gone, or behind a keyring that is only closed."""

import pytest

from counter_app.domain.errors import failed
from counter_app.sync.device_keys import DeviceKeys


@pytest.mark.parametrize(("code", "gone"), [("", False), ("KEY_MISSING", True), ("KEYRING_CLOSED", False), ("KEY_DAMAGED", False)])
def test_only_a_key_that_this_computer_does_not_have_is_gone(code, gone):
    def find(place):
        assert place == "keyring"
        if code:
            raise failed(code)
        return b"k" * 32

    assert DeviceKeys(lambda: (b"k" * 32, "keyring"), find).is_gone("keyring") is gone
