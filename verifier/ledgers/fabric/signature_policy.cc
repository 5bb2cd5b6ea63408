#include "verifier/ledgers/fabric/signature_policy.h"

#include <algorithm>

#include "verifier/ledgers/fabric/block.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::size_t kMaxRules = 1'000;

Result<Principal> parse_role(ByteView bytes) {
  Principal principal{
      .kind = Principal::Kind::kRole, .msp = {}, .role = {}, .certificate_sha256 = {}};
  std::string_view msp;
  std::uint32_t role = 0;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(msp, field);
      case 2:
        return put(role, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  if (role > static_cast<std::uint32_t>(PrincipalRole::kOrderer)) {
    return core::fail(core::ErrorCode::kUnknown, "unknown role in a policy");
  }
  principal.msp = msp;
  principal.role = static_cast<PrincipalRole>(role);
  return principal;
}

Result<Principal> parse_identity(ByteView bytes, const core::Limits& limits) {
  HEYAN_TRY(const SerializedIdentity identity, parse_serialized_identity(bytes));
  HEYAN_TRY(const crypto::Certificate certificate,
            crypto::Certificate::from_pem(core::as_text(identity.certificate), limits));
  return Principal{.kind = Principal::Kind::kIdentity,
                   .msp = std::string(identity.msp),
                   .role = {},
                   .certificate_sha256 = core::to_bytes(certificate.sha256())};
}

Result<Principal> parse_principal(const Field& outer, const core::Limits& limits) {
  HEYAN_TRY(const ByteView bytes, outer.as_bytes());
  std::uint32_t classification = 0;
  ByteView content;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(classification, field);
      case 2:
        return put(content, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  if (classification == 0) return parse_role(content);
  if (classification == 2) return parse_identity(content, limits);
  return Principal{};  // units, anonymity, combinations: satisfied by nobody
}

}  // namespace

bool satisfies(const Identity& identity, const Principal& principal) {
  if (!identity.valid() || identity.msp != principal.msp) return false;
  if (principal.kind == Principal::Kind::kIdentity) {
    return core::equal(identity.certificate->sha256(), principal.certificate_sha256);
  }
  if (principal.kind != Principal::Kind::kRole) return false;
  switch (principal.role) {
    case PrincipalRole::kMember:
      return true;
    case PrincipalRole::kAdmin:
      return identity.admin;
    case PrincipalRole::kClient:
      return identity.role == NodeRole::kClient;
    case PrincipalRole::kPeer:
      return identity.role == NodeRole::kPeer;
    case PrincipalRole::kOrderer:
      return identity.role == NodeRole::kOrderer;
  }
  return false;
}

class SignaturePolicy::WireParser {
 public:
  explicit WireParser(const core::Limits& limits) : limits_(limits) {}

  Result<Rule> parse(ByteView bytes, std::size_t depth) {
    if (depth > limits_.wire_depth || ++rules_ > kMaxRules) {
      return core::fail(core::ErrorCode::kLimit, "policy too deep or too long");
    }
    Rule rule;
    bool given = false;
    const auto visit = [&](const Field& field) -> Result<void> {
      if (given)
        return core::fail(core::ErrorCode::kDuplicate, "policy rule of two kinds", field.offset);
      given = true;
      if (field.number == 1) return put(rule.signed_by, field);
      if (field.number != 2) return unknown(field);
      HEYAN_TRY(const ByteView inner, field.as_bytes());
      return parse_n_out_of(inner, depth, rule);
    };
    HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
    if (!given) return core::fail(core::ErrorCode::kMalformed, "empty policy rule");
    return rule;
  }

 private:
  Result<void> parse_n_out_of(ByteView bytes, std::size_t depth, Rule& rule) {
    const auto visit = [&](const Field& field) -> Result<void> {
      if (field.number == 1) return put(rule.n, field);
      if (field.number != 2) return unknown(field);
      HEYAN_TRY(const ByteView inner, field.as_bytes());
      HEYAN_TRY(Rule child, parse(inner, depth + 1));
      rule.rules.push_back(std::move(child));
      return {};
    };
    return read_fields(bytes, {2}, visit);
  }

  const core::Limits& limits_;
  std::size_t rules_ = 0;
};

Result<SignaturePolicy> SignaturePolicy::parse(ByteView bytes, const core::Limits& limits) {
  SignaturePolicy policy;
  std::int32_t version = 0;
  ByteView rule;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(version, field);
      case 2:
        return put(rule, field);
      case 3: {
        if (policy.principals_.size() >= kMaxRules)
          return core::fail(core::ErrorCode::kLimit, "too many principals");
        HEYAN_TRY(Principal principal, parse_principal(field, limits));
        policy.principals_.push_back(std::move(principal));
        return {};
      }
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {3}, visit));
  if (version != 0) return core::fail(core::ErrorCode::kUnsupported, "policy version");
  WireParser parser(limits);
  HEYAN_TRY(policy.rule_, parser.parse(rule, 0));
  return policy;
}

bool SignaturePolicy::evaluate(std::span<const Identity* const> identities) const {
  std::vector<bool> used(identities.size());
  return evaluate(rule_, identities, used);
}

bool SignaturePolicy::evaluate(const Rule& rule, std::span<const Identity* const> identities,
                               std::vector<bool>& used) const {
  if (rule.rules.empty() && rule.signed_by >= 0) {
    if (static_cast<std::size_t>(rule.signed_by) >= principals_.size()) return false;
    const Principal& principal = principals_[static_cast<std::size_t>(rule.signed_by)];
    for (std::size_t i = 0; i < identities.size(); ++i) {
      if (used[i] || !satisfies(*identities[i], principal)) continue;
      used[i] = true;
      return true;
    }
    return false;
  }
  // A rule that asks for nobody would be satisfied by nobody's signature; we refuse it.
  if (rule.n <= 0) return false;
  std::int32_t satisfied = 0;
  for (const Rule& child : rule.rules) {
    std::vector<bool> attempt = used;
    if (!evaluate(child, identities, attempt)) continue;
    ++satisfied;
    used = std::move(attempt);
  }
  return satisfied >= rule.n;
}

bool SignaturePolicy::names(const Identity& identity) const {
  return std::ranges::any_of(principals_,
                             [&](const Principal& one) { return satisfies(identity, one); });
}

}  // namespace heyan::ledgers::fabric
