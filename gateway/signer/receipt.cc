#include "gateway/signer/receipt.h"

#include "verifier/core/json.h"
#include "verifier/crypto/digest.h"

namespace heyan::signer {
namespace {

using core::json::Value;

Value files_of(const v1::Intake& intake) {
  Value files{Value::Array{}};
  for (const v1::StoredFile& file : intake.files()) {
    Value one;
    one.set("path", file.path())
        .set("size", file.size())
        .set("sha256", core::to_hex(core::as_bytes(file.sha256())));
    files.push(std::move(one));
  }
  return files;
}

std::string url(const Value& value) {
  return core::to_base64url(core::as_bytes(core::json::write_canonical(value)));
}

}  // namespace

core::Bytes files_digest(const v1::Intake& intake) {
  return crypto::sha256(core::as_bytes(core::json::write_canonical(files_of(intake))));
}

core::Result<std::string> sign_receipt(const v1::Intake& intake, std::string_view log,
                                       std::uint64_t index, core::UtcTime received_at,
                                       const report::ReportSigner& signer) {
  Value chain{Value::Array{}};
  for (const crypto::Certificate& certificate : signer.chain) {
    chain.push(core::to_base64(certificate.der()));
  }
  Value header;
  header.set("alg", "ES256").set("typ", "heyan-receipt+jws").set("x5c", std::move(chain));
  Value payload;
  payload.set("schema", "heyan.receipt.v1")
      .set("submission", intake.submission_id())
      .set("court", intake.court())
      .set("receivedAt", core::format_rfc3339(received_at))
      .set("log", log)
      .set("intake", index)
      .set("files", files_of(intake));
  const std::string input = url(header) + "." + url(payload);
  const crypto::Scheme scheme{.kind = crypto::SignatureKind::kEcdsa,
                              .hash = crypto::Hash::kSha256,
                              .encoding = crypto::SignatureEncoding::kRs};
  HEYAN_TRY(const core::Bytes signature, signer.key.sign(scheme, core::as_bytes(input)));
  return input + "." + core::to_base64url(signature);
}

}  // namespace heyan::signer
