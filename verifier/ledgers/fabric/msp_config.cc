// Reading FabricMSPConfig.
#include <algorithm>

#include "verifier/ledgers/fabric/msp.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::size_t kMaxCertificates = 1'000;

struct OuIdentifier {
  ByteView certificate;
  std::string_view name;
};

Result<OuIdentifier> parse_ou_identifier(const Field& outer) {
  HEYAN_TRY(const ByteView bytes, outer.as_bytes());
  OuIdentifier result;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(result.certificate, field);
      case 2:
        return put(result.name, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return result;
}

Result<std::string_view> parse_hash_family(ByteView bytes) {
  std::string_view family;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(family, field);
      case 2:
        return skip_bytes(field);  // identity_identifier_hash_function: names of identities only
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return family;
}

Result<std::vector<crypto::Certificate>> read_all(const std::vector<ByteView>& pems,
                                                  const core::Limits& limits) {
  if (pems.size() > kMaxCertificates)
    return core::fail(core::ErrorCode::kLimit, "too many certificates");
  std::vector<crypto::Certificate> result;
  for (const ByteView pem : pems) {
    HEYAN_TRY(crypto::Certificate certificate,
              crypto::Certificate::from_pem(core::as_text(pem), limits));
    result.push_back(std::move(certificate));
  }
  return result;
}

}  // namespace

struct Msp::Parts {
  std::string_view name;
  std::vector<ByteView> roots;
  std::vector<ByteView> intermediates;
  std::vector<ByteView> admins;
  std::vector<ByteView> revocation_lists;
  ByteView crypto_config;
  ByteView node_ous;
  bool ou_identifiers = false;
};

Result<Msp> Msp::parse(ByteView config, Verifier& verifier) {
  std::int32_t type = 0;
  ByteView inner;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(type, field);
      case 2:
        return put(inner, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(config, {}, visit));
  if (type != 0) return core::fail(core::ErrorCode::kUnsupported, "not an X.509 organisation");

  Parts parts;
  const auto visit_parts = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(parts.name, field);
      case 2:
        return put(parts.roots, field);
      case 3:
        return put(parts.intermediates, field);
      case 4:
        return put(parts.admins, field);
      case 5:
        return put(parts.revocation_lists, field);
      case 8:
        return put(parts.crypto_config, field);
      case 11:
        return put(parts.node_ous, field);
      case 7:
        parts.ou_identifiers = true;
        return skip_bytes(field);
      case 6:  // signing_identity: never on a chain
      case 9:  // TLS roots never count
      case 10:
        return skip_bytes(field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(inner, {2, 3, 4, 5, 7, 9, 10}, visit_parts));

  Msp msp;
  msp.id_ = parts.name;
  msp.fingerprint_ = crypto::sha256(config);
  HEYAN_TRY(const std::string_view family, parse_hash_family(parts.crypto_config));
  const std::string& wanted = verifier.profile().hash_family;
  if (!wanted.empty() && !family.empty() && family != wanted) {
    return core::fail(core::ErrorCode::kUnsupported,
                      "hash family of an organisation does not fit the profile");
  }
  HEYAN_CHECK_OK(msp.read_certificates(parts, verifier.limits()));
  HEYAN_CHECK_OK(msp.read_node_roles(parts.node_ous, verifier.limits()));
  // Without node roles these would restrict who is a member; no network of today is known to use
  // them.
  if (!msp.node_ous_ && parts.ou_identifiers) {
    return core::fail(core::ErrorCode::kUnsupported,
                      "organisation with unit identifiers and without node roles");
  }
  msp.find_inner_cas(verifier);
  return msp;
}

Result<void> Msp::read_certificates(const Parts& parts, const core::Limits& limits) {
  if (parts.name.empty() || parts.roots.empty()) {
    return core::fail(core::ErrorCode::kMalformed, "organisation without name or root");
  }
  HEYAN_TRY(roots_, read_all(parts.roots, limits));
  HEYAN_TRY(intermediates_, read_all(parts.intermediates, limits));
  HEYAN_TRY(admins_, read_all(parts.admins, limits));
  const auto is_ca = [](const crypto::Certificate& certificate) { return certificate.is_ca(); };
  if (!std::ranges::all_of(roots_, is_ca) || !std::ranges::all_of(intermediates_, is_ca)) {
    return core::fail(core::ErrorCode::kMalformed, "a CA of an organisation is no CA");
  }
  if (parts.revocation_lists.size() > kMaxCertificates) {
    return core::fail(core::ErrorCode::kLimit, "too many revocation lists");
  }
  for (const ByteView pem : parts.revocation_lists) {
    HEYAN_TRY(crypto::RevocationList list, crypto::RevocationList::from_pem(core::as_text(pem)));
    revocation_lists_.push_back(std::move(list));
  }
  return {};
}

Result<void> Msp::read_node_roles(ByteView node_ous, const core::Limits& limits) {
  const auto visit = [&](const Field& field) -> Result<void> {
    std::optional<OuRole>* role = nullptr;
    switch (field.number) {
      case 1:
        return put(node_ous_, field);
      case 2:
        role = &client_;
        break;
      case 3:
        role = &peer_;
        break;
      case 4:
        role = &admin_;
        break;
      case 5:
        role = &orderer_;
        break;
      default:
        return unknown(field);
    }
    HEYAN_TRY(const OuIdentifier identifier, parse_ou_identifier(field));
    if (identifier.name.empty())
      return core::fail(core::ErrorCode::kMalformed, "node role without a name");
    role->emplace(OuRole{std::string(identifier.name), std::nullopt});
    if (identifier.certificate.empty()) return {};
    HEYAN_TRY((*role)->issuer,
              crypto::Certificate::from_pem(core::as_text(identifier.certificate), limits));
    return {};
  };
  return read_fields(node_ous, {}, visit);
}

}  // namespace heyan::ledgers::fabric
