#!/usr/bin/python3
# What python-opentimestamps makes of files: ots_reference.py HEADERS FILE...
# HEADERS: lines HEIGHT<TAB>HEADER. Prints JSON {FILE: [ATTESTATION, ...] or "malformed"}.
import json
import sys

from bitcoin.core import CBlockHeader
from opentimestamps.core import notary
from opentimestamps.core.dubious.notary import EthereumBlockHeaderAttestation
from opentimestamps.core.serialize import BytesDeserializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile


def described(message, attestation, headers):
    if isinstance(attestation, notary.BitcoinBlockHeaderAttestation):
        name = f"bitcoin {attestation.height}"
        header = headers.get(attestation.height)
        try:
            if len(message) != 32 or header is not None:
                attestation.verify_against_blockheader(message, header)
                return name + " valid"
        except notary.VerificationError:
            return name + " mismatch"
        return name + " header-unknown"
    if isinstance(attestation, notary.PendingAttestation):
        return f"pending {attestation.uri}"
    if isinstance(attestation, notary.LitecoinBlockHeaderAttestation):
        return f"litecoin {attestation.height}"
    if isinstance(attestation, EthereumBlockHeaderAttestation):
        return f"ethereum {attestation.height}"
    return f"unknown {attestation.TAG.hex()}"


def judged(path, headers):
    with open(path, "rb") as file:
        context = BytesDeserializationContext(file.read())
    try:
        proof = DetachedTimestampFile.deserialize(context)
    except Exception:
        return "malformed"
    return sorted({described(message, attestation, headers)
                   for message, attestation in proof.timestamp.all_attestations()})


def main():
    headers = {}
    with open(sys.argv[1]) as table:
        for line in table:
            if line.startswith("#"):
                continue
            height, header = line.rstrip("\n").split("\t")
            headers[int(height)] = CBlockHeader.deserialize(bytes.fromhex(header))
    print(json.dumps({path: judged(path, headers) for path in sys.argv[2:]}))


main()
