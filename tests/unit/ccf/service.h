// A CCF service of one node, with keys made for the test: it signs receipts as the format says.
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <vector>

#include "verifier/core/json.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/hmac.h"
#include "verifier/crypto/issuing.h"
#include "verifier/crypto/pem.h"

namespace heyan::test {

using core::json::Value;

class CcfService {
 public:
  struct Identity {
    crypto::SigningKey key;
    crypto::Certificate certificate;
  };

  // The node's certificate ends then; the service's lasts long.
  explicit CcfService(std::string_view node_until = "2030-01-01T00:00:00Z")
      : service_(new_identity()),
        node_(new_key()),
        node_certificate_(issue(crypto::CertificateUse::kClient, node_.public_key(), service_.key,
                                &service_.certificate, node_until)) {}

  std::string service_pem() const { return pem(service_.certificate); }
  std::string node_pem() const { return pem(node_certificate_); }
  // A certificate of the service for another node's key.
  std::string certify(const crypto::PublicKey& key) const {
    return pem(issue(crypto::CertificateUse::kClient, key, service_.key, &service_.certificate,
                     "2030-01-01T00:00:00Z"));
  }

  // The service's identity is followed by another, which endorses it. Answers with the new one's
  // certificate; receipts then carry the endorsement.
  std::string renew() {
    Identity next = new_identity();
    endorsements_.push_back(pem(issue(crypto::CertificateUse::kAuthority, service_.key.public_key(),
                                      next.key, &next.certificate, "2035-01-01T00:00:00Z")));
    service_ = std::move(next);
    return service_pem();
  }

  // One that signs with a key which the node, no authority, certified; its receipts offer the
  // node's certificate as an endorsement.
  CcfService certified_by_node() const {
    CcfService other = *this;
    other.endorsements_ = {node_pem()};
    other.node_ = new_key();
    other.node_certificate_ = issue(crypto::CertificateUse::kClient, other.node_.public_key(),
                                    node_, &node_certificate_, "2030-01-01T00:00:00Z");
    return other;
  }

  // Of the transaction "2.13" with that claims digest.
  Value receipt(core::ByteView claims) const {
    const core::Bytes write_set = crypto::sha256(core::as_bytes("write set"));
    const std::string evidence =
        "ce:2.13:" + core::to_hex(crypto::sha256(core::as_bytes("evidence")));
    const core::Bytes evidence_digest = crypto::sha256(core::as_bytes(evidence));
    core::Bytes node = sha256_of({write_set, evidence_digest, claims});
    Value path(Value::Array{});
    for (const std::string side : {"left", "right", "left"}) {
      const core::Bytes other = crypto::sha256(core::as_bytes(side));
      node = side == "left" ? sha256_of({other, node}) : sha256_of({node, other});
      path.push(Value().set(side, core::to_hex(other)));
    }
    Value leaf;
    leaf.set("write_set_digest", core::to_hex(write_set))
        .set("commit_evidence", evidence)
        .set("claims_digest", core::to_hex(claims));
    return signed_over(node).set("leaf_components", leaf).set("proof", path);
  }

  // Of a transaction that signs the tree, and holds nothing.
  Value signature_receipt() const {
    const core::Bytes root = crypto::sha256(core::as_bytes("root"));
    return signed_over(root)
        .set("leaf", core::to_hex(root))
        .set("proof", Value(Value::Array{}))
        .set("is_signature_transaction", true);
  }

  // The service's answer: the receipt of an entry with these contents, and what it claims.
  Value answer(const std::string& contents) const {
    static constexpr std::array<std::uint8_t, 4> kOne = {1, 0, 0, 0};
    const core::Bytes key(32, 0x07);
    Value entry;
    entry.set("protocol", "LedgerEntryV1")
        .set("collectionId", "subledger:0")
        .set("contents", contents)
        .set("secretKey", core::to_base64(key));
    const auto mac = [&](std::string_view text) {
      return crypto::hmac_sha256(key, core::as_bytes(text));
    };
    const core::Bytes collection = mac("subledger:0");
    const core::Bytes content = mac(contents);
    const core::Bytes own = sha256_of({collection, content});
    const core::Bytes claim = sha256_of({core::as_bytes("LedgerEntryV1"), own});
    Value claims(Value::Array{});
    claims.push(Value().set("kind", "LedgerEntry").set("ledgerEntry", entry));
    Value answer;
    answer.set("applicationClaims", claims)
        .set("receipt", receipt(sha256_of({kOne, claim})))
        .set("state", "Ready")
        .set("transactionId", "2.13");
    return answer;
  }

 private:
  static crypto::SigningKey new_key() {
    return crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256).value();
  }
  static std::string pem(const crypto::Certificate& certificate) {
    return crypto::write_pem(certificate.der(), "CERTIFICATE");
  }
  static crypto::Certificate issue(crypto::CertificateUse use, const crypto::PublicKey& subject,
                                   const crypto::SigningKey& issuer,
                                   const crypto::Certificate* authority, std::string_view until) {
    const crypto::CertificateRequest request{
        .use = use,
        .common_name = use == crypto::CertificateUse::kAuthority ? "CCF Network" : "CCF Node",
        .dns_names = {},
        .addresses = {},
        .not_before = *core::parse_rfc3339("2026-01-01T00:00:00Z"),
        .not_after = *core::parse_rfc3339(until)};
    return crypto::issue_certificate(request, subject, issuer, authority).value();
  }
  static Identity new_identity() {
    crypto::SigningKey key = new_key();
    crypto::Certificate certificate = issue(crypto::CertificateUse::kAuthority, key.public_key(),
                                            key, nullptr, "2035-01-01T00:00:00Z");
    return {.key = std::move(key), .certificate = std::move(certificate)};
  }
  static core::Bytes sha256_of(std::initializer_list<core::ByteView> parts) {
    core::Bytes text;
    for (const core::ByteView part : parts) text.insert(text.end(), part.begin(), part.end());
    return crypto::sha256(text);
  }

  Value signed_over(core::ByteView root) const {
    Value endorsements(Value::Array{});
    for (const std::string& one : endorsements_) endorsements.push(one);
    Value value;
    value.set("cert", node_pem())
        .set("node_id", core::to_hex(node_.public_key().sha256()))
        .set("service_endorsements", endorsements)
        .set("signature",
             core::to_base64(node_.sign({.kind = crypto::SignatureKind::kEcdsaRaw}, root).value()));
    return value;
  }

  Identity service_;
  crypto::SigningKey node_;
  crypto::Certificate node_certificate_;
  std::vector<std::string> endorsements_;
};

}  // namespace heyan::test
