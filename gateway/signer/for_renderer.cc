// What one renderer may ask: a statement of a report, and the seal of a file made from it.
#include "gateway/signer/refusal.h"
#include "gateway/signer/signer.h"
#include "verifier/crypto/cms.h"
#include "verifier/crypto/xades.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::size_t kDigestBytes = 32;

}  // namespace

// Only of a report that was logged and signed: what is asked for by another digest does not exist.
Result<report::Statement> Signer::issued_statement(const v1::SealBegin& asks) {
  if (asks.payload_sha256().size() != kDigestBytes) {
    return fail(ErrorCode::kMalformed, "this is no digest of a payload");
  }
  HEYAN_TRY(const auto row, (statements_->one<std::uint64_t, core::Bytes>(
                                "SELECT idx, report FROM reports WHERE payload_sha256 = ?"
                                " AND envelope IS NOT NULL",
                                core::as_bytes(asks.payload_sha256()))));
  if (!row) return fail(ErrorCode::kNotFound, "no report with this payload was issued");
  v1::Report report;
  if (!report.ParseFromString(core::to_string(std::get<1>(*row)))) {
    return fail(ErrorCode::kInternal, "a stored report does not read");
  }
  return report::statement_of(report, core::as_bytes(asks.payload_sha256()), std::get<0>(*row));
}

Question Signer::for_statement(const v1::SealBegin& asks, v1::SealBegun& begun) {
  return {.write = [&](sql::Transaction&) -> Result<Finish> {
            HEYAN_TRY(const report::Statement statement, issued_statement(asks));
            HEYAN_CHECK_OK(may_sign("statement-es256", keys_.statement));
            HEYAN_TRY(const core::UtcTime time, now());
            begun.set_now_ms(core::to_unix_ms(time));
            begun.set_xml_certificate(core::to_string(keys_.xml_seal.chain.front().der()));
            return [this, statement, &begun]() -> Result<void> {
              HEYAN_TRY(*begun.mutable_statement(),
                        report::sign_statement(statement, keys_.statement.key));
              return {};
            };
          },
          .refuse =
              [&](const core::Error& error) {
                begun.Clear();
                *begun.mutable_refusal() = refusal_of(error);
              },
          .record =
              [&](audit::Entry& entry) {
                entry.event = audit::Event::kStatementSigned;
                entry.subject = number_of(asks.payload_sha256()).value_or("");
                entry.detail.set("payload", core::to_hex(core::as_bytes(asks.payload_sha256())));
                return true;
              }};
}

// Each form by a key of its own.
Result<std::string> Signer::seal_of(const v1::SealBegin& begun, const v1::SealFile& asks,
                                    core::UtcTime time) const {
  const core::ByteView file = core::as_bytes(asks.file_sha256());
  const core::ByteView payload = core::as_bytes(begun.payload_sha256());
  if (asks.form() == v1::SEAL_FORM_XADES) {
    const report::ReportSigner& signer = keys_.xml_seal;
    return crypto::sign_xades(signer.key, signer.chain.front(), file, payload, time);
  }
  HEYAN_TRY(const core::Bytes cms,
            crypto::sign_cms(keys_.seal.key, keys_.seal.chain.front(), file, payload));
  return core::to_string(cms);
}

Question Signer::for_seal(const v1::SealBegin& begun, const v1::SealFile& asks,
                          v1::Sealed& answer) {
  return {.write = [&](sql::Transaction&) -> Result<Finish> {
            HEYAN_CHECK_OK(issued_statement(begun));
            if (asks.file_sha256().size() != kDigestBytes) {
              return fail(ErrorCode::kMalformed, "this is no digest of a file");
            }
            if (asks.form() != v1::SEAL_FORM_CMS && asks.form() != v1::SEAL_FORM_XADES) {
              return fail(ErrorCode::kMalformed, "this is no form of a seal");
            }
            const bool of_xml = asks.form() == v1::SEAL_FORM_XADES;
            HEYAN_CHECK_OK(may_sign(of_xml ? "xml-es256" : "seal-es256",
                                    of_xml ? keys_.xml_seal : keys_.seal));
            HEYAN_TRY(const core::UtcTime time, now());
            return [this, time, &begun, &asks, &answer]() -> Result<void> {
              HEYAN_TRY(*answer.mutable_seal(), seal_of(begun, asks, time));
              return {};
            };
          },
          .refuse =
              [&](const core::Error& error) {
                answer.Clear();
                *answer.mutable_refusal() = refusal_of(error);
              },
          .record =
              [&](audit::Entry& entry) {
                entry.event = audit::Event::kSealSigned;
                entry.subject = number_of(begun.payload_sha256()).value_or("");
                entry.detail.set("file", core::to_hex(core::as_bytes(asks.file_sha256())))
                    .set("form", v1::SealForm_Name(asks.form()));
                return true;
              }};
}

}  // namespace heyan::signer
