#include "verifier/report/jws.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::report {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::json::Value;
using crypto::Certificate;
using crypto::KeyAlgorithm;
using crypto::SignatureOutcome;

constexpr std::size_t kChainCertificates = 8;
constexpr std::size_t kOriginBytes = 256;
constexpr std::int64_t kLastSecond = 253'402'300'799;         // 9999-12-31T23:59:59Z
constexpr std::int64_t kLastInteger = 9'007'199'254'740'991;  // RFC 8785 3.2.2.3
constexpr std::size_t kSignatureBytes = 64;

struct Algorithm {
  std::string_view name;
  KeyAlgorithm key;
  crypto::SignatureKind kind;
  crypto::Hash hash;

  crypto::Scheme scheme() const {
    return {.kind = kind, .hash = hash, .encoding = crypto::SignatureEncoding::kRs};
  }
};

// The expected set, in the order in which it is written and in which signatures are made.
constexpr std::array kAlgorithms = {
    Algorithm{kJwsEs256, KeyAlgorithm::kEcdsaP256, crypto::SignatureKind::kEcdsa,
              crypto::Hash::kSha256},
    Algorithm{kJwsSm2, KeyAlgorithm::kSm2, crypto::SignatureKind::kSm2, crypto::Hash::kSm3},
};

constexpr std::array<std::string_view, 13> kFaultNames = {
    "none",      "not-json",         "members",       "base64",         "payload",
    "header",    "algorithm",        "signature-set", "headers-differ", "certificate",
    "signature", "engines-disagree", "budget"};

const Algorithm* algorithm_by_name(std::string_view name) {
  const auto* found = std::ranges::find(kAlgorithms, name, &Algorithm::name);
  return found == kAlgorithms.end() ? nullptr : found;
}

// What the canonical writer can write; it stops the program on anything else.
bool is_writable(const Value& value) {
  if (value.as_double() != nullptr) return false;
  if (const auto* integer = value.as_integer()) {
    return *integer >= -kLastInteger && *integer <= kLastInteger;
  }
  if (const auto* array = value.as_array()) return std::ranges::all_of(*array, is_writable);
  if (const auto* object = value.as_object()) {
    return std::ranges::all_of(*object,
                               [](const auto& member) { return is_writable(member.second); });
  }
  return true;
}

// The object, where the bytes are the one canonical form of it.
std::optional<Value> parse_canonical(ByteView bytes, const core::Limits& limits) {
  auto value = core::json::parse(bytes, limits);
  if (!value || value->as_object() == nullptr || !is_writable(*value)) return std::nullopt;
  if (!core::equal(core::as_bytes(core::json::write_canonical(*value)), bytes)) return std::nullopt;
  return *std::move(value);
}

const std::string* string_member(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member != nullptr ? member->as_string() : nullptr;
}

const std::int64_t* integer_member(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member != nullptr ? member->as_integer() : nullptr;
}

Value expected_set() {
  Value set{Value::Array{}};
  for (const Algorithm& algorithm : kAlgorithms) set.push(algorithm.name);
  return set;
}

std::string encode_header(const Algorithm& algorithm, std::span<const Certificate> chain,
                          std::int64_t signed_at, const std::optional<LogPosition>& log) {
  Value certificates{Value::Array{}};
  for (const Certificate& certificate : chain)
    certificates.push(core::to_base64(certificate.der()));
  Value header;
  header.set("alg", algorithm.name);
  if (log) {
    Value position;
    position.set("index", log->index).set("origin", log->origin);
    header.set("heyan-log", std::move(position));
  }
  header.set("heyan-signatures", expected_set());
  header.set("iat", signed_at).set("typ", kJwsType).set("x5c", std::move(certificates));
  return core::to_base64url(core::as_bytes(core::json::write_canonical(header)));
}

bool is_position(const LogPosition& log) {
  return log.index >= 0 && log.index <= kLastInteger && !log.origin.empty() &&
         log.origin.size() <= kOriginBytes && core::is_utf8(log.origin) &&
         !core::has_control(log.origin);
}

const ReportSigner* signer_for(const Algorithm& algorithm, std::span<const ReportSigner> signers) {
  const auto found = std::ranges::find_if(signers, [&](const ReportSigner& signer) {
    return signer.key.public_key().algorithm() == algorithm.key;
  });
  if (found == signers.end() || found->chain.empty() || found->chain.size() > kChainCertificates) {
    return nullptr;
  }
  return found->chain.front().key() == found->key.public_key() ? &*found : nullptr;
}

// One entry of "signatures", read but not verified.
struct Entry {
  const Algorithm* algorithm = nullptr;
  std::string protected_text;
  core::Bytes signature;
  std::vector<Certificate> chain;
  std::int64_t signed_at = 0;
  std::optional<LogPosition> log;
};

JwsFault read_log(const Value& header, Entry& entry) {
  const Value* log = header.find("heyan-log");
  if (log == nullptr) return JwsFault::kNone;
  const auto* index = integer_member(*log, "index");
  const auto* origin = string_member(*log, "origin");
  if (index == nullptr || origin == nullptr || log->as_object()->size() != 2)
    return JwsFault::kHeader;
  entry.log = LogPosition{*origin, *index};
  return is_position(*entry.log) ? JwsFault::kNone : JwsFault::kHeader;
}

JwsFault read_chain(const Value& header, const core::Limits& limits, Entry& entry) {
  const Value* x5c = header.find("x5c");
  const auto* array = x5c != nullptr ? x5c->as_array() : nullptr;
  if (array == nullptr || array->empty() || array->size() > kChainCertificates)
    return JwsFault::kHeader;
  for (const Value& element : *array) {
    const auto* text = element.as_string();
    const auto der = text != nullptr ? core::from_base64(*text) : std::nullopt;
    if (!der) return JwsFault::kHeader;
    auto certificate = Certificate::from_der(*der, limits);
    if (!certificate) return JwsFault::kCertificate;
    entry.chain.push_back(*std::move(certificate));
  }
  return JwsFault::kNone;
}

// Canonical, and exactly the members that we write: so no jku, jwk, kid, x5u, crit, b64 or anything
// else.
JwsFault read_header(ByteView bytes, const core::Limits& limits, Entry& entry) {
  const auto header = parse_canonical(bytes, limits);
  if (!header) return JwsFault::kHeader;
  const std::size_t members = header->find("heyan-log") != nullptr ? 6 : 5;
  const auto* type = string_member(*header, "typ");
  const auto* algorithm = string_member(*header, "alg");
  const auto* signed_at = integer_member(*header, "iat");
  const Value* expected = header->find("heyan-signatures");
  if (header->as_object()->size() != members || type == nullptr || *type != kJwsType ||
      algorithm == nullptr || signed_at == nullptr || expected == nullptr) {
    return JwsFault::kHeader;
  }
  if (*signed_at < 0 || *signed_at > kLastSecond) return JwsFault::kHeader;
  if (core::json::write_canonical(*expected) != core::json::write_canonical(expected_set())) {
    return JwsFault::kSignatureSet;
  }
  entry.algorithm = algorithm_by_name(*algorithm);
  if (entry.algorithm == nullptr) return JwsFault::kAlgorithm;
  entry.signed_at = *signed_at;
  const JwsFault log = read_log(*header, entry);
  return log != JwsFault::kNone ? log : read_chain(*header, limits, entry);
}

JwsFault read_entry(const Value& value, const core::Limits& limits, Entry& entry) {
  const auto* header = string_member(value, "protected");
  const auto* signature = string_member(value, "signature");
  if (header == nullptr || signature == nullptr || value.as_object()->size() != 2)
    return JwsFault::kMembers;
  const auto header_bytes = core::from_base64url(*header);
  auto signature_bytes = core::from_base64url(*signature);
  if (!header_bytes || !signature_bytes) return JwsFault::kBase64;
  entry.protected_text = *header;
  entry.signature = *std::move(signature_bytes);
  return read_header(*header_bytes, limits, entry);
}

JwsFault check_set(std::span<const Entry> entries) {
  for (const Algorithm& algorithm : kAlgorithms) {
    if (std::ranges::count(entries, &algorithm, &Entry::algorithm) != 1)
      return JwsFault::kSignatureSet;
  }
  const auto differs = [&](const Entry& entry) {
    return entry.signed_at != entries.front().signed_at || entry.log != entries.front().log;
  };
  return std::ranges::any_of(entries, differs) ? JwsFault::kHeadersDiffer : JwsFault::kNone;
}

// The pinned key decides; the chain must still be what it claims to be.
JwsFault check_chain(const Entry& entry, crypto::SignatureChecker& checker) {
  const Certificate& leaf = entry.chain.front();
  if (leaf.key().algorithm() != entry.algorithm->key) return JwsFault::kAlgorithm;
  const core::UtcTime at{std::chrono::seconds(entry.signed_at)};
  if (at < leaf.not_before() || at > leaf.not_after()) return JwsFault::kCertificate;
  for (std::size_t i = 0; i + 1 < entry.chain.size(); ++i) {
    if (entry.chain[i].verify_signed_by(entry.chain[i + 1], checker) != SignatureOutcome::kValid) {
      return JwsFault::kCertificate;
    }
  }
  return JwsFault::kNone;
}

JwsFault fault_of(SignatureOutcome outcome) {
  switch (outcome) {
    case SignatureOutcome::kValid:
      return JwsFault::kNone;
    case SignatureOutcome::kInvalid:
      return JwsFault::kSignature;
    case SignatureOutcome::kEnginesDisagree:
      return JwsFault::kEnginesDisagree;
    case SignatureOutcome::kBudgetSpent:
      return JwsFault::kBudget;
  }
  return JwsFault::kSignature;
}

struct Envelope {
  std::string payload_text;
  core::Bytes payload;
  std::vector<Entry> entries;
};

JwsFault read_envelope(ByteView jws_json, const core::Limits& limits, Envelope& envelope) {
  const auto document = core::json::parse(jws_json, limits);
  if (!document) return JwsFault::kNotJson;
  const auto* payload = string_member(*document, "payload");
  const Value* signatures = document->find("signatures");
  if (payload == nullptr || signatures == nullptr || signatures->as_array() == nullptr ||
      document->as_object()->size() != 2) {
    return JwsFault::kMembers;
  }
  if (signatures->as_array()->size() != kAlgorithms.size()) return JwsFault::kSignatureSet;
  auto payload_bytes = core::from_base64url(*payload);
  if (!payload_bytes) return JwsFault::kBase64;
  if (!parse_canonical(*payload_bytes, limits)) return JwsFault::kPayload;
  envelope.payload_text = *payload;
  envelope.payload = *std::move(payload_bytes);
  for (const Value& value : *signatures->as_array()) {
    const JwsFault fault = read_entry(value, limits, envelope.entries.emplace_back());
    if (fault != JwsFault::kNone) return fault;
  }
  return check_set(envelope.entries);
}

// JWS Signing Input (RFC 7515 section 5.1).
std::string signing_input(std::string_view header, std::string_view payload) {
  std::string input(header);
  input.append(".").append(payload);
  return input;
}

// The first fault is told; every signature is looked at.
void verify_entries(const Envelope& envelope, std::span<const crypto::PublicKey> pinned,
                    crypto::SignatureChecker& checker, JwsVerdict& verdict) {
  const auto note = [&](JwsFault fault) {
    if (verdict.fault == JwsFault::kNone) verdict.fault = fault;
  };
  for (const Entry& entry : envelope.entries) {
    const crypto::PublicKey& key = entry.chain.front().key();
    const JwsFault chain_fault = check_chain(entry, checker);
    JwsSignature signature{entry.algorithm->name, entry.chain, SignatureOutcome::kInvalid,
                           std::ranges::find(pinned, key) != pinned.end()};
    const std::string input = signing_input(entry.protected_text, envelope.payload_text);
    signature.outcome =
        checker.verify(key, entry.algorithm->scheme(), core::as_bytes(input), entry.signature);
    note(chain_fault);
    note(fault_of(signature.outcome));
    verdict.signatures.push_back(std::move(signature));
  }
}

}  // namespace

std::string_view name(JwsFault fault) { return kFaultNames.at(static_cast<std::size_t>(fault)); }

Result<std::string> sign_report(ByteView payload, std::span<const ReportSigner> signers,
                                core::UtcTime signed_at, const std::optional<LogPosition>& log) {
  if (!parse_canonical(payload, {}))
    return fail(ErrorCode::kNotCanonical, "payload is not canonical JSON");
  if (signers.size() != kAlgorithms.size())
    return fail(ErrorCode::kMalformed, "a report has two signers");
  if (log && !is_position(*log)) return fail(ErrorCode::kMalformed, "log position");
  const auto seconds =
      std::chrono::floor<std::chrono::seconds>(signed_at).time_since_epoch().count();
  if (seconds < 0 || seconds > kLastSecond) return fail(ErrorCode::kMalformed, "signing time");
  const std::string payload_text = core::to_base64url(payload);
  Value signatures{Value::Array{}};
  for (const Algorithm& algorithm : kAlgorithms) {
    const ReportSigner* signer = signer_for(algorithm, signers);
    if (signer == nullptr)
      return fail(ErrorCode::kMalformed, "signer missing, or certificate of another key");
    const std::string header = encode_header(algorithm, signer->chain, seconds, log);
    const std::string input = signing_input(header, payload_text);
    HEYAN_TRY(const core::Bytes signature,
              signer->key.sign(algorithm.scheme(), core::as_bytes(input)));
    if (signature.size() != kSignatureBytes) return fail(ErrorCode::kInternal, "signature length");
    Value entry;
    entry.set("protected", header).set("signature", core::to_base64url(signature));
    signatures.push(std::move(entry));
  }
  Value document;
  document.set("payload", payload_text).set("signatures", std::move(signatures));
  return core::json::write_canonical(document);
}

JwsVerdict verify_report(ByteView jws_json, std::span<const crypto::PublicKey> pinned,
                         crypto::SignatureChecker& checker, const core::Limits& limits) {
  JwsVerdict verdict;
  Envelope envelope;
  verdict.fault = read_envelope(jws_json, limits, envelope);
  if (verdict.fault != JwsFault::kNone) return verdict;
  verify_entries(envelope, pinned, checker, verdict);
  verdict.payload = std::move(envelope.payload);
  verdict.signed_at = core::UtcTime{std::chrono::seconds(envelope.entries.front().signed_at)};
  verdict.log = envelope.entries.front().log;
  if (verdict.fault != JwsFault::kNone) return verdict;
  const bool all_known = std::ranges::all_of(verdict.signatures, &JwsSignature::issuer_known);
  verdict.outcome = all_known ? JwsOutcome::kValid : JwsOutcome::kIssuerUnknown;
  return verdict;
}

}  // namespace heyan::report
