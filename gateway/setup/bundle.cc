#include "gateway/setup/bundle.h"

#include <algorithm>

#include "gateway/intake/trust_files.h"
#include "gateway/keys/key_files.h"
#include "verifier/trust/bundle.h"

namespace heyan::setup {
namespace {

using intake::Refusal;

std::unexpected<Refusal> refuse(std::string_view subject, std::string_view what,
                                std::string_view remedy = "") {
  return std::unexpected(intake::refusal_of({core::ErrorCode::kMalformed, what}, subject, remedy));
}

std::expected<std::vector<crypto::SigningKey>, Refusal> load_keys(
    std::span<const std::filesystem::path> files) {
  std::vector<crypto::SigningKey> all;
  for (const std::filesystem::path& file : files) {
    HEYAN_TRY(crypto::SigningKey key, keys::load_key(file, crypto::KeyAlgorithm::kEcdsaP256));
    const auto same = [&](const crypto::SigningKey& other) {
      return other.public_key() == key.public_key();
    };
    if (std::ranges::any_of(all, same)) return refuse(file.string(), "this key signs twice");
    all.push_back(std::move(key));
  }
  if (all.empty()) return refuse("trust bundle", "no key signs it");
  return all;
}

}  // namespace

std::expected<std::string, Refusal> sign_bundle(const BundleRequest& request,
                                                std::span<const std::filesystem::path> keys) {
  HEYAN_TRY(const auto signers, load_keys(keys));
  HEYAN_TRY(const intake::LoadedTrust list, intake::load_trust(request.trust_list));
  HEYAN_TRY(const intake::LoadedPolicy policy, intake::load_policy(request.policy));
  if (request.version && *request.version < 1) {
    return refuse("trust bundle", "its version is less than 1");
  }
  const std::optional<core::UtcTime> last = list.list.next_update;
  const std::optional<core::UtcTime> next_update = request.next_update ? request.next_update : last;
  if (!next_update) return refuse("trust bundle", "neither it nor the list names a next update");
  const trust::TrustBundle bundle{.id = request.id.empty() ? list.list.id : request.id,
                                  .version = request.version.value_or(list.list.version),
                                  .issued = request.issued,
                                  .next_update = *next_update,
                                  .sample = list.list.sample,
                                  .trust_list = list.list.digest,
                                  .policy = policy.policy.digest};
  if (last && *next_update > *last) {
    return refuse("trust bundle", "it is to stand for longer than its trust list");
  }
  if (*next_update <= request.issued) {
    return refuse("trust bundle", "its next update is not after its issue");
  }
  auto document = trust::sign_trust_bundle(bundle, signers);
  if (!document) {
    return std::unexpected(intake::refusal_of(document.error(), "trust bundle", ""));
  }
  return *std::move(document);
}

}  // namespace heyan::setup
