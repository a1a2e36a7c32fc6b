"""validate.py root.der… -- file.pdf…: one line of JSON per file, as pyHanko judges it for long-term validity (ETSI EN
319 102-1 §5.6.3) and for what changed after signing, with only the given roots trusted and no network."""

import asyncio
import json
import logging
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, REQUIRE_REVINFO
from pyhanko_certvalidator.registry import SimpleTrustManager

logging.disable(logging.CRITICAL)


def spec_of(roots):
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=roots),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
    )
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=policy,
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
            ),
        )
    )


async def judge(roots, name):
    try:
        with open(name, "rb") as file:
            reader = PdfFileReader(file)
            signatures = reader.embedded_regular_signatures
            if len(signatures) != 1:
                return {"file": name, "indication": "NO_SIGNATURE"}
            if not reader.embedded_timestamp_signatures:
                context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
                status = await async_validate_pdf_signature(signatures[0], context)
                indication, sub, level = ("PASSED" if status.bottom_line else "FAILED"), "", "AdES-B"
            else:
                result = await ades_lta_validation(signatures[0], spec_of(roots))
                status = result.api_status
                indication, sub = result.ades_subindic.status.name, result.ades_subindic.standard_name
                level = "AdES-LTA"
            return {
                "file": name,
                "indication": str(indication),
                "subIndication": str(sub),
                "level": level,
                "coverage": str(getattr(getattr(status, "coverage", None), "name", "")),
                "changes": str(getattr(getattr(status, "modification_level", None), "name", "")),
            }
    except Exception as problem:  # a forged file may fail anywhere; the kind says enough
        return {"file": name, "indication": "UNREADABLE", "subIndication": type(problem).__name__ + ": " + str(problem)}


def main(words):
    end = words.index("--")
    roots = []
    for name in words[:end]:
        roots.append(load_cert_from_pemder(name))
    for name in words[end + 1 :]:
        print(json.dumps(asyncio.run(judge(roots, name))))


main(sys.argv[1:])
