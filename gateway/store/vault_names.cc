#include "gateway/store/vault_names.h"

#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

constexpr std::size_t kDigestBytes = 32;

core::Result<void> expect_digest(core::ByteView sha256) {
  if (sha256.size() == kDigestBytes) return {};
  return core::fail(core::ErrorCode::kMalformed, "that is no SHA-256");
}

}  // namespace

std::string court_folder(std::string_view court) {
  return core::to_hex(crypto::sha256(core::as_bytes(court))).substr(0, 32);
}

core::Bytes sealed_name(std::string_view submission, core::ByteView sha256) {
  std::string of = "heyan.vault.file.v1\n";
  of.append(submission).append("\n").append(core::as_text(sha256));
  return crypto::sha256(core::as_bytes(of));
}

core::Bytes key_name(std::string_view submission) {
  std::string of = "heyan.vault.key.v1\n";
  of.append(submission);
  return crypto::sha256(core::as_bytes(of));
}

std::string spread(core::ByteView name, std::string_view suffix) {
  return core::to_hex(name).insert(2, "/").append(suffix);
}

core::Result<std::string> place_in_vault(std::string_view court, core::ByteView sha256) {
  HEYAN_CHECK_OK(expect_digest(sha256));
  return court_folder(court) + "/" + spread(sha256);
}

core::Result<std::string> sealed_place(const VaultOwner& owner, core::ByteView sha256) {
  HEYAN_CHECK_OK(expect_digest(sha256));
  return court_folder(owner.court) + "/" + spread(sealed_name(owner.submission, sha256), kSealed);
}

std::string key_place(const VaultOwner& owner) {
  return court_folder(owner.court) + "/" + spread(key_name(owner.submission), kKey);
}

std::string court_key_place(std::string_view court) {
  return court_folder(court).append("/").append(kCourtKey);
}

std::string of_court(std::string_view court_name) {
  return std::string("court\n").append(court_name);
}

std::string of_case(std::string_view submission) {
  return std::string("case\n").append(submission);
}

}  // namespace heyan::store
