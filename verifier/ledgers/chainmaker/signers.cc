#include "verifier/ledgers/chainmaker/signers.h"

#include <algorithm>

namespace heyan::ledgers::chainmaker {
namespace {

using crypto::ChainFault;
using crypto::SignatureOutcome;

constexpr std::string_view kCertificateContract = "CERT_MANAGE";
constexpr std::size_t kMostListed = 64;  // entries of it that one transaction reads

bool is_within(const std::vector<crypto::Certificate>& path, core::UtcTime at) {
  return std::ranges::all_of(path, [at](const crypto::Certificate& one) {
    return one.not_before() <= at && at <= one.not_after();
  });
}

// The only value of that attribute; empty where there is none, or several.
std::string only_value(const crypto::Certificate& certificate, std::string_view attribute) {
  const std::vector<std::string> values = certificate.subject_values(attribute);
  return values.size() == 1 ? values.front() : std::string();
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

SignerFault fault_of(ChainFault fault) {
  switch (fault) {
    case ChainFault::kNone:
      return SignerFault::kNone;
    case ChainFault::kNotYetValid:
      return SignerFault::kNotYetValid;
    case ChainFault::kExpired:
      return SignerFault::kExpired;
    default:
      return SignerFault::kNotIssued;
  }
}

}  // namespace

std::string Signer::key_sha256() const {
  if (certificate) return core::to_string(certificate->sha256());
  return key ? core::to_string(key->sha256()) : std::string();
}

Signer Signers::resolve(const Member& member, core::UtcTime at, std::uint64_t height,
                        const RwSet* state) {
  KnownSigners::Question question{&config_, verifier_.counts_disagreeing(),
                                  core::to_bytes(member.encoded)};
  const auto known = known_.answers.find(question);
  Signer signer;
  // A path that was found once is a path at every time within its certificates' periods.
  const bool holds = known != known_.answers.end() &&
                     (known->second.at == at || (known->second.signer.is_trusted() &&
                                                 is_within(known->second.signer.path, at)));
  if (holds) {
    signer = known->second.signer;
  } else {
    signer = identify(member, at, state);
    // Another transaction's state may have what this one's lacks.
    const bool lasting = signer.fault != SignerFault::kUnknownCertificate;
    if (lasting && known_.answers.size() < KnownSigners::kMost)
      known_.answers.insert_or_assign(std::move(question), KnownSigners::Answer{signer, at});
  }
  if (signer.is_trusted() && is_frozen(signer, height)) signer.fault = SignerFault::kFrozen;
  if (signer.is_trusted() && !is_in_period(signer, at)) {
    signer.fault = SignerFault::kUnknownKey;
    signer.institution.clear();
  }
  return signer;
}

Signer Signers::identify(const Member& member, core::UtcTime at, const RwSet* state) {
  Signer signer;
  signer.org_id = member.org_id;
  if (config_.with_certificates) {
    find_certificate(member, state, signer);
    if (signer.certificate) judge_certificate(at, signer);
  } else {
    find_key(member, signer);
  }
  return signer;
}

void Signers::find_certificate(const Member& member, const RwSet* state, Signer& signer) {
  const core::Limits& limits = verifier_.limits();
  const auto read = [&](ByteView pem) {
    auto certificate =
        crypto::Certificate::from_pem_once(core::as_text(pem), verifier_.checker(), limits);
    return certificate ? std::optional(*std::move(certificate)) : std::nullopt;
  };
  if (member.type == static_cast<int>(MemberType::kCert)) {
    signer.certificate = read(member.info);
    return;
  }
  if (member.type != static_cast<int>(MemberType::kCertHash)) {
    signer.fault = SignerFault::kUnsupported;
    return;
  }
  signer.fault = SignerFault::kUnknownCertificate;
  const auto known = config_.certificates.find(core::to_bytes(member.info));
  if (known != config_.certificates.end()) signer.certificate = known->second;
  if (signer.certificate || state == nullptr) return;
  // The chain's own list of certificates, as the transaction read it: bound by the hash alone.
  std::size_t looked_at = 0;
  for (const StateEntry& one : state->reads) {
    if (one.contract != kCertificateContract || ++looked_at > kMostListed) continue;
    const auto certificate = read(one.value);
    if (!certificate || !core::equal(verifier_.digest(certificate->der()), member.info)) continue;
    signer.certificate = certificate;
    return;
  }
}

void Signers::judge_certificate(core::UtcTime at, Signer& signer) {
  const crypto::Certificate& certificate = *signer.certificate;
  signer.key = certificate.key();
  signer.role = upper(only_value(certificate, "OU"));
  const auto hash = certificate.signature_hash();
  if (!hash) {
    signer.fault = SignerFault::kUnsupported;
    return;
  }
  signer.hash = *hash;
  const auto organisation = config_.organisations.find(signer.org_id);
  if (organisation == config_.organisations.end()) {
    signer.fault = SignerFault::kUnknownOrganisation;
    return;
  }
  if (only_value(certificate, "O") != signer.org_id) {
    signer.fault = SignerFault::kOtherOrganisation;
    return;
  }
  const auto pinned = config_.pinned.find(core::to_bytes(certificate.sha256()));
  if (pinned != config_.pinned.end() && pinned->second == signer.org_id) {
    signer.path = {certificate};
    signer.fault = certificate.not_before() > at  ? SignerFault::kNotYetValid
                   : certificate.not_after() < at ? SignerFault::kExpired
                                                  : SignerFault::kNone;
  } else {
    SignerFault best = SignerFault::kNotIssued;
    for (const trust::InstitutionCa& ca : organisation->second.cas) {
      auto chain = crypto::verify_chain(certificate, std::span(&ca.certificate, 1), {}, at,
                                        verifier_.checker(), verifier_.limits(), ca.sm2_id);
      if (chain.fault == ChainFault::kEnginesDisagree &&
          verifier_.note(SignatureOutcome::kEnginesDisagree) == SignatureOutcome::kValid) {
        chain = {ChainFault::kNone, {certificate}};
      }
      if (chain.fault == ChainFault::kNone) signer.path = std::move(chain.path);
      if (best == SignerFault::kNotIssued || chain.fault == ChainFault::kNone)
        best = fault_of(chain.fault);
      if (best == SignerFault::kNone) break;
    }
    signer.fault = best;
  }
  if (!signer.is_trusted()) return;
  signer.institution = organisation->second.institution;
  ask_revocation(organisation->second, signer);
}

// The lists of the CA that ends the path; they speak of the certificate right beneath it.
void Signers::ask_revocation(const Organisation& organisation, Signer& signer) {
  if (signer.path.size() < 2) return;
  const crypto::Certificate& anchor = signer.path.back();
  const crypto::Certificate& beneath = signer.path[signer.path.size() - 2];
  for (const trust::InstitutionCa& ca : organisation.cas) {
    if (ca.certificate != anchor || ca.revocation_lists.empty()) continue;
    bool fresh = false;
    for (const crypto::RevocationList& list : ca.revocation_lists) {
      const auto outcome =
          verifier_.note(list.verify_signed_by(anchor, verifier_.checker(), ca.sm2_id));
      if (outcome != SignatureOutcome::kValid) continue;
      fresh = fresh || list.would_list(beneath, as_of_);
      signer.revoked = signer.revoked || list.revoked_at(beneath.serial()).has_value();
    }
    signer.revocation_unavailable = !fresh;
  }
}

void Signers::find_key(const Member& member, Signer& signer) {
  if (member.type != static_cast<int>(MemberType::kPublicKey)) {
    signer.fault = SignerFault::kUnsupported;
    return;
  }
  const auto key = crypto::PublicKey::from_pem(core::as_text(member.info), verifier_.limits());
  if (!key) return;
  signer.key = *key;
  signer.hash = config_.hash;
  signer.fault = SignerFault::kUnknownKey;
  const auto validator = std::ranges::find_if(
      config_.validators, [&](const Validator& one) { return one.key && *one.key == *key; });
  if (validator != config_.validators.end()) {
    signer.institution = validator->institution;
    signer.fault = SignerFault::kNone;
    return;
  }
  const auto owner = config_.institution_keys.find(core::to_bytes(key->sha256()));
  if (owner == config_.institution_keys.end()) return;
  signer.institution = owner->second.institution;
  signer.fault = SignerFault::kNone;
}

// Of a key that an institution holds beside its nodes'; certificates have periods of their own.
bool Signers::is_in_period(const Signer& signer, core::UtcTime at) const {
  if (config_.with_certificates) return true;
  const auto owner = config_.institution_keys.find(core::to_bytes(signer.key->sha256()));
  if (owner == config_.institution_keys.end()) return true;
  return (!owner->second.from || *owner->second.from <= at) &&
         (!owner->second.until || at <= *owner->second.until);
}

bool Signers::is_frozen(const Signer& signer, std::uint64_t height) {
  if (config_.frozen.empty() || !signer.certificate) return false;
  const auto frozen = config_.frozen.find(verifier_.digest(signer.certificate->der()));
  return frozen != config_.frozen.end() && height >= frozen->second;
}

SignatureOutcome Signers::verify(const Signer& signer, ByteView message, ByteView signature) {
  if (!signer.key) return SignatureOutcome::kInvalid;
  return verifier_.verify(*signer.key, signer.hash, message, signature);
}

}  // namespace heyan::ledgers::chainmaker
