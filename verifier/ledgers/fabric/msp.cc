#include "verifier/ledgers/fabric/msp.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace heyan::ledgers::fabric {
namespace {

using crypto::Certificate;

// Fabric judges a chain one second after its leaf became valid, so that expiry never matters
// (FAB-3678).
core::UtcTime time_of_judging(const Certificate& leaf) {
  return leaf.not_before() + std::chrono::seconds(1);
}

bool contains(const std::vector<Certificate>& list, const Certificate& certificate) {
  return std::ranges::find(list, certificate) != list.end();
}

}  // namespace

// Every CA above an intermediate has issued a CA; Fabric wants certificates of members from the
// leaves of that tree.
void Msp::find_inner_cas(Verifier& verifier) {
  for (const Certificate& intermediate : intermediates_) {
    std::vector<Certificate> others;
    std::ranges::copy_if(intermediates_, std::back_inserter(others),
                         [&](const Certificate& one) { return !(one == intermediate); });
    const crypto::Chain chain =
        crypto::verify_chain(intermediate, roots_, others, time_of_judging(intermediate),
                             verifier.checker(), verifier.limits(), verifier.profile().sm2_user_id);
    for (std::size_t i = 1; i < chain.path.size(); ++i) {
      if (!contains(inner_, chain.path[i])) inner_.push_back(chain.path[i]);
    }
  }
}

// Another CA certificate of the same name and key would make a second chain, which Fabric refuses.
bool Msp::is_ambiguous(const std::vector<Certificate>& path, core::UtcTime at) const {
  const auto rivals = [&](const Certificate& chosen) {
    return [&, at](const Certificate& other) {
      return !(other == chosen) && core::equal(other.subject(), chosen.subject()) &&
             other.key() == chosen.key() && other.not_before() <= at && at <= other.not_after();
    };
  };
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (std::ranges::any_of(roots_, rivals(path[i])) ||
        std::ranges::any_of(intermediates_, rivals(path[i]))) {
      return true;
    }
  }
  return false;
}

std::vector<const Certificate*> Msp::cas() const {
  std::vector<const Certificate*> result;
  for (const auto* list : {&roots_, &intermediates_}) {
    for (const Certificate& ca : *list) result.push_back(&ca);
  }
  return result;
}

const Certificate* Msp::named_issuer(const Certificate& certificate) const {
  for (const auto* list : {&intermediates_, &roots_}) {
    for (const Certificate& ca : *list) {
      if (core::equal(ca.subject(), certificate.issuer())) return &ca;
    }
  }
  return nullptr;
}

bool Msp::revokes(const Certificate& certificate, Verifier& verifier) const {
  const auto issued_and_revoked = [&](const Certificate& ca) {
    return core::equal(ca.subject(), certificate.issuer()) && is_revoked(certificate, ca, verifier);
  };
  return std::ranges::any_of(intermediates_, issued_and_revoked) ||
         std::ranges::any_of(roots_, issued_and_revoked);
}

// The date of revocation is ignored: a list applies from the config block that contains it.
bool Msp::is_revoked(const Certificate& certificate, const Certificate& issuer,
                     Verifier& verifier) const {
  return std::ranges::any_of(revocation_lists_, [&](const crypto::RevocationList& list) {
    if (list.authority_key_id().empty() ||
        !core::equal(list.authority_key_id(), issuer.subject_key_id()))
      return false;
    if (!list.revoked_at(certificate.serial())) return false;
    const auto outcome =
        list.verify_signed_by(issuer, verifier.checker(), verifier.profile().sm2_user_id);
    // A list on which the libraries differ revokes: the cautious reading.
    return outcome == crypto::SignatureOutcome::kValid ||
           outcome == crypto::SignatureOutcome::kEnginesDisagree;
  });
}

NodeRole Msp::node_role(const Certificate& certificate, const Certificate& issuer) const {
  const std::array<std::pair<NodeRole, const std::optional<OuRole>*>, 4> roles{
      {{NodeRole::kClient, &client_},
       {NodeRole::kPeer, &peer_},
       {NodeRole::kAdmin, &admin_},
       {NodeRole::kOrderer, &orderer_}}};
  NodeRole found = NodeRole::kNone;
  for (const std::string& unit : certificate.subject_values("OU")) {
    for (const auto& [role, identifier] : roles) {
      if (!*identifier || (*identifier)->name != unit) continue;
      if (found != NodeRole::kNone) return NodeRole::kNone;  // two node roles
      if ((*identifier)->issuer && !(*(*identifier)->issuer == issuer)) return NodeRole::kNone;
      found = role;
    }
  }
  return found;
}

Identity Msp::judge(const Certificate& certificate, Verifier& verifier) const {
  Identity identity{.msp = id_,
                    .certificate = certificate,
                    .fault = IdentityFault::kIsCa,
                    .role = {},
                    .admin = false};
  if (certificate.is_ca()) return identity;

  identity.fault = IdentityFault::kNoChain;
  const core::UtcTime at = time_of_judging(certificate);
  const crypto::Chain chain =
      crypto::verify_chain(certificate, roots_, intermediates_, at, verifier.checker(),
                           verifier.limits(), verifier.profile().sm2_user_id);
  const Certificate* found = nullptr;
  if (chain.fault == crypto::ChainFault::kNone && chain.path.size() >= 2 &&
      !is_ambiguous(chain.path, at)) {
    found = &chain.path[1];
  } else if (chain.fault == crypto::ChainFault::kEnginesDisagree &&
             verifier.note(crypto::SignatureOutcome::kEnginesDisagree) ==
                 crypto::SignatureOutcome::kValid) {
    found = named_issuer(
        certificate);  // only when it is asked what the outcome would be if both libraries agreed
  }
  if (found == nullptr) return identity;

  const Certificate& issuer = *found;
  identity.fault = IdentityFault::kIssuer;
  if (contains(inner_, issuer)) return identity;
  identity.fault = IdentityFault::kRevoked;
  if (is_revoked(certificate, issuer, verifier)) return identity;
  identity.fault = IdentityFault::kNodeRole;
  if (node_ous_) {
    identity.role = node_role(certificate, issuer);
    if (identity.role == NodeRole::kNone) return identity;
  }
  identity.admin = identity.role == NodeRole::kAdmin || contains(admins_, certificate);
  identity.fault = IdentityFault::kNone;
  return identity;
}

}  // namespace heyan::ledgers::fabric
