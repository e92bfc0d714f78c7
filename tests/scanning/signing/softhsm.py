"""Run in a process of its own: put a certificate and its key on a token of SoftHSM, told as JSON on standard input."""

import json
import sys

import pkcs11
from pkcs11 import Attribute, KeyType, ObjectClass
from pkcs11.util.ec import encode_named_curve_parameters


def number(text):
    value = int(text)
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def main():
    asked = json.load(sys.stdin)
    token = next(slot.get_token() for slot in pkcs11.lib(asked["library"]).get_slots(True) if slot.get_token().label == asked["label"])
    with token.open(rw=True, user_pin=asked["pin"]) as session:
        for key_id, certificate in enumerate(asked["certificates"], start=1):
            session.create_object({
                Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: 0, Attribute.TOKEN: True, Attribute.PRIVATE: False,
                Attribute.ID: bytes([key_id]), Attribute.SUBJECT: bytes.fromhex(certificate["subject"]),
                Attribute.VALUE: bytes.fromhex(certificate["der"])})
        if asked["key"]:
            names = (Attribute.MODULUS, Attribute.PUBLIC_EXPONENT, Attribute.PRIVATE_EXPONENT, Attribute.PRIME_1, Attribute.PRIME_2,
                     Attribute.EXPONENT_1, Attribute.EXPONENT_2, Attribute.COEFFICIENT)
            session.create_object({
                Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.KEY_TYPE: KeyType.RSA, Attribute.TOKEN: True, Attribute.PRIVATE: True,
                Attribute.SENSITIVE: True, Attribute.SIGN: True, Attribute.ID: b"\1",
                **dict(zip(names, map(number, asked["key"]), strict=True))})
        if asked["curve_key"]:
            session.create_object({
                Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.KEY_TYPE: KeyType.EC, Attribute.TOKEN: True, Attribute.PRIVATE: True,
                Attribute.SENSITIVE: True, Attribute.SIGN: True, Attribute.ID: b"\1",
                Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1"), Attribute.VALUE: number(asked["curve_key"])})


main()
