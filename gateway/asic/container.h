// A sealed PDF of a report in an ASiC-S container, as e-CODEX exchanges documents: three stored
// files and nothing else.
//
//   mimetype  report.pdf  META-INF/signature.p7s
//
// The signature is made as the PDF's own seal is (crypto/cms.h), over the whole file: it verifies
// with any CMS reader. It has no signing time: that stands in the PDF, which is the object because
// people read it and the signed report is within. Threat: a container comes from anybody. Only the
// bytes that writing makes of the same files are accepted, so nothing hides beside them. Source:
// ETSI EN 319 162-1 4.3.3. Pure, any thread.
#pragma once

#include <span>
#include <string>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/crypto/signature.h"
#include "verifier/report/seal_verdict.h"

namespace heyan::asic {

inline constexpr std::string_view kMediaType = "application/vnd.etsi.asic-s+zip";

// kLimit: too large for an archive.
core::Result<std::string> write_container(core::ByteView pdf, core::ByteView signature);

// Does it begin like one? Nothing else is said.
bool is_container(core::ByteView file);

struct CheckedContainer {
  // Of the container's signature; kNone: made with a key that is pinned, over this PDF. The
  // envelope stays empty.
  report::SealVerdict seal;
  core::ByteView pdf;  // within the file that was checked; empty: it is not of this form
};
CheckedContainer check_container(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                                 crypto::SignatureChecker& checker);

}  // namespace heyan::asic
