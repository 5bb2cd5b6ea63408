#include "gateway/keys/trust_bundle.h"

#include "gateway/os/folder.h"

namespace heyan::keys {
namespace {

constexpr std::size_t kLimitBytes = 1u << 20;
constexpr std::string_view kRemedy =
    "Have it signed with `heyan trust sign`, by as many of the court's keys as the configuration "
    "asks for.";
// The court's keys are the court's to make and to keep: whoever makes them decides whom it
// believes.
constexpr std::string_view kCourtKeyRemedy =
    "Put the public key there that the court gave you, in PEM: keys in [trust] names it.";

}  // namespace

std::expected<crypto::PublicKey, intake::Refusal> load_court_key(
    const std::filesystem::path& file) {
  const auto text = os::read_named_file(file, kLimitBytes);
  if (!text) {
    return std::unexpected(intake::refusal_of_named(text.error(), file.string(), kCourtKeyRemedy));
  }
  auto key = crypto::PublicKey::from_pem(core::as_text(*text));
  if (!key) {
    return std::unexpected(intake::refusal_of(key.error(), file.string(), kCourtKeyRemedy));
  }
  return *std::move(key);
}

std::expected<core::Bytes, intake::Refusal> read_trust_bundle(const std::filesystem::path& bundle) {
  auto document = os::read_named_file(bundle, kLimitBytes);
  if (document) return *std::move(document);
  return std::unexpected(intake::refusal_of_named(document.error(), bundle.string(), kRemedy));
}

std::expected<trust::TrustBundle, intake::Refusal> verify_trust_bundle(
    core::ByteView document, const std::filesystem::path& name,
    std::span<const std::filesystem::path> court_keys, std::size_t at_least) {
  std::vector<crypto::PublicKey> pinned;
  for (const std::filesystem::path& file : court_keys) {
    HEYAN_TRY(crypto::PublicKey key, load_court_key(file));
    pinned.push_back(std::move(key));
  }
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  auto verified = trust::verify_trust_bundle(document, pinned, at_least, checker);
  if (!verified) {
    return std::unexpected(intake::refusal_of(verified.error(), name.string(), kRemedy));
  }
  return *std::move(verified);
}

std::expected<trust::TrustBundle, intake::Refusal> load_trust_bundle(
    const std::filesystem::path& bundle, std::span<const std::filesystem::path> court_keys,
    std::size_t at_least) {
  HEYAN_TRY(const core::Bytes document, read_trust_bundle(bundle));
  return verify_trust_bundle(document, bundle, court_keys, at_least);
}

}  // namespace heyan::keys
