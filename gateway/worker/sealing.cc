#include "gateway/worker/sealing.h"

#include "gateway/asic/container.h"
#include "gateway/pdf/complete.h"
#include "gateway/pdf/print.h"
#include "gateway/pdf/seal.h"
#include "gateway/xml/seal.h"
#include "gateway/xml/validation_report.h"
#include "verifier/crypto/cms_time_stamp.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/xades.h"

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

Result<std::string> seal_of(core::ByteView file_sha256, v1::SealForm form, ipc::Channel& signer) {
  v1::SealFile asks;
  asks.set_file_sha256(core::to_string(file_sha256));
  asks.set_form(form);
  HEYAN_TRY(const v1::Sealed sealed,
            ask<v1::Sealed>(signer, MessageType::kSealFile, asks, MessageType::kSealed));
  return sealed.seal();
}

// As it is where no stamp comes, or none that fits into its place.
core::Bytes with_stamp(core::ByteView cms, Stamps& stamps) {
  const auto digest = crypto::cms_digest_to_stamp(cms);
  const auto token = digest ? stamps.over(*digest) : std::nullopt;
  if (!token) return core::to_bytes(cms);
  auto stamped = crypto::put_cms_time_stamp(cms, *token);
  return stamped && stamped->size() <= pdf::kSealBytes ? *std::move(stamped) : core::to_bytes(cms);
}

std::string with_stamp(std::string xades, Stamps& stamps) {
  const auto digest = crypto::xades_digest_to_stamp(xades);
  const auto token = digest ? stamps.over(*digest) : std::nullopt;
  if (!token) return xades;
  auto stamped = crypto::put_xades_time_stamp(xades, *token);
  return stamped ? *std::move(stamped) : xades;
}

}  // namespace

Result<v1::SealBegun> begin_sealing(const std::string& payload, ipc::Channel& signer) {
  v1::SealBegin asks;
  asks.set_payload_sha256(core::to_string(crypto::sha256(core::as_bytes(payload))));
  return ask<v1::SealBegun>(signer, MessageType::kSealBegin, asks, MessageType::kSealBegun);
}

Result<std::string> seal_pdf(const ToSeal& report, const v1::SealBegun& begun, const Pages& pages,
                             const pdf::Fonts& fonts, ipc::Channel& signer, Stamps& stamps) {
  HEYAN_TRY(
      const pdf::Printed printed,
      pdf::print(pages.document, {.as_of = pages.as_of, .statement = begun.statement()}, fonts));
  HEYAN_TRY(
      std::string file,
      pdf::complete_for_seal(
          printed, pages.document.language,
          {{std::string(pdf::kPayloadName), std::string(pdf::kPayloadType), report.payload},
           {std::string(pdf::kSignedName), std::string(pdf::kSignedType), report.envelope, true}},
          crypto::sha256(core::as_bytes(report.payload)), core::from_unix_ms(begun.now_ms())));
  HEYAN_TRY(const pdf::SealPlace place, pdf::find_seal(file));
  HEYAN_TRY(const std::string cms,
            seal_of(pdf::signed_digest(file, place), v1::SEAL_FORM_CMS, signer));
  HEYAN_CHECK_OK(pdf::put_seal(file, place, with_stamp(core::as_bytes(cms), stamps)));
  return file;
}

Result<std::string> seal_container(const std::string& pdf, ipc::Channel& signer) {
  HEYAN_TRY(const std::string cms,
            seal_of(crypto::sha256(core::as_bytes(pdf)), v1::SEAL_FORM_CMS, signer));
  return asic::write_container(core::as_bytes(pdf), core::as_bytes(cms));
}

Result<std::string> seal_xml(const ToSeal& report, const v1::SealBegun& begun, ipc::Channel& signer,
                             Stamps& stamps) {
  HEYAN_TRY(const crypto::Certificate certificate,
            crypto::Certificate::from_der(core::as_bytes(begun.xml_certificate())));
  const xml::Sealing sealing{.envelope = report.envelope, .certificate = certificate};
  HEYAN_TRY(std::string file,
            xml::write_validation_report(core::as_bytes(report.payload), &sealing));
  HEYAN_TRY(const core::Bytes digest, xml::digest_to_sign(file));
  HEYAN_TRY(std::string seal, seal_of(digest, v1::SEAL_FORM_XADES, signer));
  xml::put_seal(file, with_stamp(std::move(seal), stamps));
  return file;
}

}  // namespace heyan::worker
