#include "gateway/worker/sealing.h"

#include "gateway/pdf/complete.h"
#include "gateway/pdf/print.h"
#include "gateway/pdf/seal.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/crypto/digest.h"

namespace heyan::worker {
namespace {

using core::ErrorCode;
using core::Result;
using ipc::MessageType;

constexpr auto kPatience = std::chrono::seconds(30);

// One question to the signer, and its answer unless it refuses.
template <class Answer, class Ask>
Result<Answer> ask(ipc::Channel& signer, MessageType question, const Ask& asks,
                   MessageType answer) {
  HEYAN_CHECK_OK(signer.send(question, asks, -1, ipc::within(kPatience)));
  HEYAN_TRY(Answer gets, signer.receive<Answer>(answer, ipc::within(kPatience)));
  if (gets.has_refusal()) return core::fail(ErrorCode::kNotFound, "the signer refused");
  return gets;
}

}  // namespace

Result<std::string> seal(const ToSeal& report, const pdf::Fonts& fonts, ipc::Channel& signer) {
  const core::Bytes payload_sha256 = crypto::sha256(core::as_bytes(report.payload));
  v1::SealBegin begin;
  begin.set_payload_sha256(core::to_string(payload_sha256));
  HEYAN_TRY(const v1::SealBegun begun,
            ask<v1::SealBegun>(signer, MessageType::kSealBegin, begin, MessageType::kSealBegun));
  HEYAN_TRY(
      const pdf::Printed pages,
      pdf::print(report.document, {.as_of = report.as_of, .statement = begun.statement()}, fonts));
  HEYAN_TRY(
      std::string file,
      pdf::complete_for_seal(
          pages, report.document.language,
          {{std::string(pdf::kPayloadName), std::string(pdf::kPayloadType), report.payload},
           {std::string(pdf::kSignedName), std::string(pdf::kSignedType), report.envelope, true}},
          payload_sha256, core::from_unix_ms(begun.now_ms())));
  HEYAN_TRY(const pdf::SealPlace place, pdf::find_seal(file));
  v1::SealFile asks;
  asks.set_file_sha256(core::to_string(pdf::signed_digest(file, place)));
  HEYAN_TRY(const v1::Sealed sealed,
            ask<v1::Sealed>(signer, MessageType::kSealFile, asks, MessageType::kSealed));
  HEYAN_CHECK_OK(pdf::put_seal(file, place, core::as_bytes(sealed.cms())));
  return file;
}

}  // namespace heyan::worker
