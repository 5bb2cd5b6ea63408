// The report as ETSI TS 119 102-2 V1.4.1 says it: a ValidationReport, written from the payload
// alone. Codes and numbers, in no language.
//
//   SignatureValidationReport    one for each item: its checks as constraints
//                                urn:heyan:check:ID, the answers to each under Indications, the
//                                file's digest, and its verdict as an indication (indications.h)
//   SignatureValidationObjects   report.json (by its digest, with number and bindings), files,
//                                proofs, keys, and institutions' signatures with a report of each
//   SignatureValidator           the program and its version; of a sealed file also the certificate
//
// Elements of ours are in urn:heyan:report:1; what a platform or party states is hy:Declared or has
// declared="true". The same payload gives the same bytes, Canonical XML 1.0 behind an XML
// declaration. Whoever checks a file writes it anew and compares (verify.h), so a form that changes
// needs a namespace of its own. Pure, any thread.
#pragma once

#include <string>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/crypto/certificate.h"

namespace heyan::xml {

// What a file to be sealed holds besides: the signed report, as report.jws, and whose seal comes.
struct Sealing {
  const std::string& envelope;
  const crypto::Certificate& certificate;
};

// kMalformed: not a payload; kInternal: no memory.
core::Result<std::string> write_validation_report(core::ByteView payload,
                                                  const Sealing* sealing = nullptr);

}  // namespace heyan::xml
