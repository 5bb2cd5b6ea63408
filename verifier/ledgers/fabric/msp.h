// An organisation of the channel: its CAs, revocation lists and node roles, as a config block
// states them.
//
// Threat: only what stands in a config block that was authenticated is trusted; certificates come
// with the evidence. The rules are those of Fabric's X.509 MSP with NodeOUs of v1.4.3
// (docs/fabric.md, "Identities"): one chain to a root, issued by a leaf of the CA tree, no
// CA, not revoked, exactly one node role. Source: fabric v2.5.4 msp/mspimplvalidate.go, mspimpl.go,
// mspimplsetup.go. Immutable once made; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/crypto/certificate.h"
#include "verifier/ledgers/fabric/message.h"
#include "verifier/ledgers/fabric/verifier.h"

namespace heyan::ledgers::fabric {

enum class IdentityFault : std::uint8_t {
  kNone,
  kUnreadable,  // not a SerializedIdentity with one certificate
  kUnknownMsp,  // no such organisation in the config in force
  kIsCa,
  kKey,       // a kind of key that the profile does not know
  kNoChain,   // no chain, or more than one, to a root of that organisation
  kIssuer,    // issued by a CA that has issued other CAs
  kRevoked,   // by a list in the config in force
  kNodeRole,  // none, or more than one, of the node roles
};

enum class NodeRole : std::uint8_t { kNone, kClient, kPeer, kAdmin, kOrderer };

// A certificate presented under an organisation's name. Only Msp::judge sets `fault` to kNone.
struct Identity {
  std::string msp;
  std::optional<crypto::Certificate> certificate;  // nothing where unreadable
  IdentityFault fault = IdentityFault::kUnreadable;
  NodeRole role = NodeRole::kNone;  // where the organisation has node roles
  bool admin = false;               // listed as an administrator, or of that role

  bool valid() const { return fault == IdentityFault::kNone; }
};

class Msp {
 public:
  // `config`: MSPConfig. kUnsupported for Idemix; certificates that cannot be read are kMalformed.
  static Result<Msp> parse(ByteView config, Verifier& verifier);

  const std::string& id() const { return id_; }
  // SHA-256 of the MSPConfig: equal ones judge every certificate alike.
  const Bytes& fingerprint() const { return fingerprint_; }
  // Roots, then intermediates.
  std::vector<const crypto::Certificate*> cas() const;

  Identity judge(const crypto::Certificate& certificate, Verifier& verifier) const;
  // Does a revocation list of this organisation name the certificate?
  bool revokes(const crypto::Certificate& certificate, Verifier& verifier) const;

 private:
  struct OuRole {
    std::string name;
    std::optional<crypto::Certificate> issuer;  // the role needs this issuer
  };
  struct Parts;

  Result<void> read_certificates(const Parts& parts, const core::Limits& limits);
  Result<void> read_node_roles(ByteView node_ous, const core::Limits& limits);
  void find_inner_cas(Verifier& verifier);
  bool is_ambiguous(const std::vector<crypto::Certificate>& path, core::UtcTime at) const;
  const crypto::Certificate* named_issuer(const crypto::Certificate& certificate) const;
  bool is_revoked(const crypto::Certificate& certificate, const crypto::Certificate& issuer,
                  Verifier& verifier) const;
  NodeRole node_role(const crypto::Certificate& certificate,
                     const crypto::Certificate& issuer) const;

  std::string id_;
  Bytes fingerprint_;
  std::vector<crypto::Certificate> roots_;
  std::vector<crypto::Certificate> intermediates_;
  std::vector<crypto::Certificate> inner_;  // CAs that have issued another CA of the list
  std::vector<crypto::Certificate> admins_;
  std::vector<crypto::RevocationList> revocation_lists_;
  bool node_ous_ = false;
  std::optional<OuRole> client_;
  std::optional<OuRole> peer_;
  std::optional<OuRole> admin_;
  std::optional<OuRole> orderer_;
};

}  // namespace heyan::ledgers::fabric
