#include "gateway/message_signatures/signatures.h"

#include <algorithm>

#include "gateway/http/digest_fields.h"
#include "verifier/crypto/digest.h"

namespace heyan::message_signatures {
namespace {

using core::ErrorCode;
using http::SfBare;
using http::SfInnerList;

constexpr std::size_t kMostText = 256;  // of keyid, tag and nonce

struct Algorithm {
  std::string_view name;  // of the registry, RFC 9421 section 6.2.2
  crypto::Scheme scheme;
};

std::optional<Algorithm> algorithm_of(const crypto::PublicKey& key) {
  using crypto::SignatureEncoding;
  using crypto::SignatureKind;
  crypto::Scheme scheme;
  switch (key.algorithm()) {
    case crypto::KeyAlgorithm::kEd25519:
      scheme.kind = SignatureKind::kEd25519;
      return Algorithm{"ed25519", scheme};
    case crypto::KeyAlgorithm::kEcdsaP256:
      scheme.encoding = SignatureEncoding::kRs;
      return Algorithm{"ecdsa-p256-sha256", scheme};
    case crypto::KeyAlgorithm::kRsa:
      scheme.kind = SignatureKind::kRsaPss;
      scheme.hash = crypto::Hash::kSha512;
      return Algorithm{"rsa-pss-sha512", scheme};
    default:
      return std::nullopt;
  }
}

// All lines of a field, as one dictionary; null where there is none.
core::Result<std::optional<http::SfMember>> member_of(const Message& message, std::string_view name,
                                                      std::string_view label) {
  std::string joined;
  for (const http::Header& field : message.fields) {
    if (field.name == name) joined += (joined.empty() ? "" : ", ") + field.value;
  }
  HEYAN_TRY(const http::SfDictionary all, http::parse_sf_dictionary(joined));
  const http::SfMember* const found = http::find_sf(all, label);
  if (found == nullptr) return std::nullopt;
  return *found;
}

// The parameters of RFC 9421 section 2.3; others are signed and say nothing here.
struct Said {
  std::optional<std::int64_t> created;
  std::optional<std::int64_t> expires;
  std::optional<std::string> keyid;
  std::optional<std::string> alg;
  std::optional<std::string> tag;
};

std::optional<Said> read_parameters(const http::SfParameters& parameters) {
  Said said;
  for (const auto& [name, value] : parameters) {
    const auto* const number = std::get_if<std::int64_t>(&value);
    const auto* const text = std::get_if<std::string>(&value);
    if (name == "created" || name == "expires") {
      if (number == nullptr) return std::nullopt;
      (name == "created" ? said.created : said.expires) = *number;
    } else if (name == "keyid" || name == "alg" || name == "tag" || name == "nonce") {
      if (text == nullptr || text->size() > kMostText) return std::nullopt;
      if (name == "keyid") said.keyid = *text;
      if (name == "alg") said.alg = *text;
      if (name == "tag") said.tag = *text;
    }
  }
  return said;
}

void judge(const Said& said, const Policy& policy, std::string_view algorithm,
           std::set<Fault>& faults) {
  if (!said.created) {
    faults.insert(Fault::kUntimed);
  } else {
    if (*said.created > policy.now + policy.skew) faults.insert(Fault::kFuture);
    if (policy.now - *said.created > policy.max_age) faults.insert(Fault::kStale);
  }
  if (said.expires && (*said.expires < policy.now || *said.expires < said.created.value_or(0)))
    faults.insert(Fault::kStale);
  const bool other = (said.alg && *said.alg != algorithm) ||
                     (policy.keyid && said.keyid != policy.keyid) ||
                     (policy.tag && said.tag != policy.tag);
  if (other) faults.insert(Fault::kOtherKey);
}

void judge_coverage(const SfInnerList& covered, const Policy& policy, std::set<Fault>& faults) {
  if (covered.items.empty()) faults.insert(Fault::kNothingCovered);
  for (const std::string& wanted : policy.required) {
    const bool found = std::ranges::any_of(
        covered.items, [&](const http::SfItem& item) { return http::write_sf(item) == wanted; });
    if (!found) faults.insert(Fault::kNotCovered);
  }
}

void judge_digest(const Message& message, core::ByteView body, Verification& result) {
  std::string joined;
  for (const http::Header& field : message.fields) {
    if (field.name == "content-digest") joined += (joined.empty() ? "" : ", ") + field.value;
  }
  const auto matches = check_digest(joined, body);
  if (!matches) {
    result.faults.insert(Fault::kMalformed);
    return;
  }
  result.digest_matches = *matches;
  if (*matches == false) result.faults.insert(Fault::kDigestMismatch);
}

}  // namespace

std::string_view name(Fault fault) {
  switch (fault) {
    case Fault::kMissing:
      return "signature-missing";
    case Fault::kMalformed:
      return "malformed";
    case Fault::kComponentMissing:
      return "component-missing";
    case Fault::kInvalid:
      return "signature-invalid";
    case Fault::kDigestMismatch:
      return "digest-mismatch";
    case Fault::kNothingCovered:
      return "nothing-covered";
    case Fault::kNotCovered:
      return "not-covered";
    case Fault::kUntimed:
      return "untimed";
    case Fault::kStale:
      return "stale";
    case Fault::kFuture:
      return "future";
    case Fault::kVersionUnknown:
      return "version-unknown";
    case Fault::kOtherKey:
      return "other-key";
  }
  return "malformed";
}

core::Result<std::optional<bool>> check_digest(std::string_view field, core::ByteView body) {
  HEYAN_TRY(const http::Digests digests, http::parse_digests(field));
  if (digests.empty()) return std::nullopt;
  const bool differs =
      (digests.sha256 && *digests.sha256 != crypto::digest(crypto::Hash::kSha256, body)) ||
      (digests.sha512 && *digests.sha512 != crypto::digest(crypto::Hash::kSha512, body));
  return !differs;
}

Verification verify(const Message& message, core::ByteView body, std::string_view label,
                    const crypto::PublicKey& key, const Policy& policy,
                    crypto::SignatureChecker& checker) {
  Verification result;
  judge_digest(message, body, result);
  const auto input = member_of(message, "signature-input", label);
  const auto signature = member_of(message, "signature", label);
  if (!input || !signature) {
    result.faults.insert(Fault::kMalformed);
    return result;
  }
  result.has_signature = input->has_value() && signature->has_value();
  if (!result.has_signature) result.faults.insert(Fault::kMissing);
  if (!input->has_value()) return result;
  const auto* const covered = std::get_if<SfInnerList>(&**input);
  const auto said = covered != nullptr ? read_parameters(covered->parameters) : std::nullopt;
  const auto algorithm = algorithm_of(key);
  if (!said || !algorithm) {
    result.faults.insert(said ? Fault::kOtherKey : Fault::kMalformed);
    return result;
  }
  result.created = said->created;
  result.keyid = said->keyid.value_or("");
  judge(*said, policy, algorithm->name, result.faults);
  judge_coverage(*covered, policy, result.faults);
  auto base = signature_base(message, *covered);
  if (!base) {
    result.faults.insert(Fault::kComponentMissing);
    return result;
  }
  result.base = *std::move(base);
  if (!result.has_signature) return result;
  const auto* const item = std::get_if<http::SfItem>(&**signature);
  const auto* const bytes = item != nullptr ? std::get_if<core::Bytes>(&item->value) : nullptr;
  if (bytes == nullptr) {
    result.faults.insert(Fault::kMalformed);
    return result;
  }
  result.signature_valid = checker.verify(key, algorithm->scheme, core::as_bytes(result.base),
                                          *bytes) == crypto::SignatureOutcome::kValid;
  if (!result.signature_valid) result.faults.insert(Fault::kInvalid);
  return result;
}

core::Result<SignedFields> sign(const Message& message, std::string_view label,
                                const std::vector<std::string>& components,
                                const Parameters& parameters, const crypto::SigningKey& key) {
  const auto algorithm = algorithm_of(key.public_key());
  if (!algorithm || key.public_key().algorithm() == crypto::KeyAlgorithm::kRsa)
    return core::fail(ErrorCode::kUnsupported, "messages are signed with Ed25519 or P-256");
  SfInnerList covered;
  for (const std::string& component : components)
    covered.items.push_back({.value = component, .parameters = {}});
  covered.parameters = {{"created", parameters.created},
                        {"keyid", parameters.keyid},
                        {"alg", std::string(algorithm->name)}};
  if (!parameters.tag.empty()) covered.parameters.emplace_back("tag", parameters.tag);
  HEYAN_TRY(const std::string base, signature_base(message, covered));
  HEYAN_TRY(const core::Bytes bytes, key.sign(algorithm->scheme, core::as_bytes(base)));
  const std::string name(label);
  return SignedFields{.signature_input = http::write_sf(http::SfDictionary{{name, covered}}),
                      .signature = http::write_sf(http::SfDictionary{
                          {name, http::SfItem{.value = bytes, .parameters = {}}}})};
}

}  // namespace heyan::message_signatures
