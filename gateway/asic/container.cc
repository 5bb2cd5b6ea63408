#include "gateway/asic/container.h"

#include <algorithm>
#include <array>

#include "verifier/contents/stored_zip.h"
#include "verifier/crypto/cms.h"

namespace heyan::asic {
namespace {

using report::SealFault;

constexpr std::array<std::string_view, 3> kNames = {"mimetype", "report.pdf",
                                                    "META-INF/signature.p7s"};

bool is_pinned(const crypto::PublicKey& key, std::span<const crypto::PublicKey> pinned) {
  return std::ranges::find(pinned, key) != pinned.end();
}

}  // namespace

core::Result<std::string> write_container(core::ByteView pdf, core::ByteView signature) {
  const std::array files = {
      contents::StoredFile{.name = std::string(kNames[0]), .content = core::as_bytes(kMediaType)},
      contents::StoredFile{.name = std::string(kNames[1]), .content = pdf},
      contents::StoredFile{.name = std::string(kNames[2]), .content = signature}};
  return contents::write_stored_zip(files);
}

// The name and content of the first file follow its header of 30 bytes.
bool is_container(core::ByteView file) {
  constexpr std::size_t kHeaderBytes = 30;
  const std::string_view text = core::as_text(file);
  return text.starts_with("PK\x03\x04") && text.size() > kHeaderBytes &&
         text.substr(kHeaderBytes).starts_with(std::string(kNames[0]) + std::string(kMediaType));
}

CheckedContainer check_container(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                                 crypto::SignatureChecker& checker) {
  CheckedContainer checked;
  checked.seal.fault = SealFault::kCoverage;
  const auto files = contents::read_stored_zip(file, {});
  const bool of_the_form = files &&
                           std::ranges::equal(*files, kNames, {}, &contents::StoredFile::name) &&
                           core::as_text(files->front().content) == kMediaType;
  if (!of_the_form) return checked;
  checked.pdf = (*files)[1].content;
  auto signature = crypto::verify_cms((*files)[2].content, checker);
  if (!signature || signature->outcome != crypto::SignatureOutcome::kValid) {
    const bool open = signature && signature->outcome == crypto::SignatureOutcome::kEnginesDisagree;
    checked.seal.fault = open ? SealFault::kEnginesDisagree : SealFault::kSignature;
    return checked;
  }
  const auto digest = checker.digest(crypto::Hash::kSha256, checked.pdf);
  if (digest != signature->document_sha256) {
    checked.seal.fault = digest ? SealFault::kChanged : SealFault::kEnginesDisagree;
    return checked;
  }
  checked.seal.fault = is_pinned(signature->certificate.key(), pinned) ? SealFault::kNone
                                                                       : SealFault::kIssuerUnknown;
  checked.seal.certificate = std::move(signature->certificate);
  checked.seal.payload_sha256 = std::move(signature->payload_sha256);
  checked.seal.stamp = report::read_time_stamp(signature->time_stamp,
                                               std::move(signature->signature_sha256), checker);
  return checked;
}

}  // namespace heyan::asic
