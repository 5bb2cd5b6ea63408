// [[institution]] of a trust list: who, with which keys and trust anchors.
#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

#include "verifier/trust/parts.h"

namespace heyan::trust {
namespace {

constexpr std::array<std::string_view, 9> kKinds = {"court",     "notary",    "copyright",
                                                    "forensic",  "regulator", "ca",
                                                    "timestamp", "platform",  "other"};
constexpr std::array<std::string_view, 6> kAlgorithms = {"ed25519",   "ecdsa-p256", "ecdsa-p384",
                                                         "secp256k1", "rsa",        "sm2"};
// RFC 5280 5.3.1.
constexpr std::array<std::string_view, 8> kRevocationReasons = {
    "unspecified", "keyCompromise",        "cACompromise",       "affiliationChanged",
    "superseded",  "cessationOfOperation", "privilegeWithdrawn", "aACompromise"};

bool contains(const auto& range, const auto& value, auto member) {
  return std::ranges::find(range, value, member) != std::ranges::end(range);
}

// Which institution holds a key (SHA-256 of its SubjectPublicKeyInfo), and where the list says so.
struct Holder {
  std::string institution;
  std::string path;
};
using Holders = std::map<core::Bytes, Holder>;

// Security decision 6: with one key under two institutions, one signer would count as two.
void claim_key(const crypto::PublicKey& key, const std::string& institution, std::string_view at,
               Table& table, Holders& holders) {
  const auto [held, fresh] =
      holders.try_emplace(core::to_bytes(key.sha256()), Holder{institution, table.path()});
  if (fresh || held->second.institution == institution) return;
  table.defect(at,
               "holds the same key as " + held->second.path + " of institution '" +
                   held->second.institution + "'",
               "A key or CA belongs to one institution");
}

std::optional<crypto::PublicKey> read_public_key(Table& table) {
  const bool in_place = table.has("public");
  if (in_place == table.has("file")) {
    table.text("public");
    table.text("file");
    table.defect("", in_place ? "has both 'public' and 'file'" : "has neither 'public' nor 'file'",
                 "Give the key once");
    return std::nullopt;
  }
  core::Result<crypto::PublicKey> key = core::fail(core::ErrorCode::kMalformed, "not base64");
  const std::string_view at = in_place ? "public" : "file";
  if (in_place) {
    table.text("file");  // known, and rightly absent
    const auto text = table.text("public");
    if (!text) return std::nullopt;
    if (const auto der = core::from_base64(*text)) key = crypto::PublicKey::from_spki(*der);
  } else {
    table.text("public");
    const auto pem = table.file("file");
    if (!pem) return std::nullopt;
    key = crypto::PublicKey::from_pem(core::as_text(*pem));
  }
  if (key) return *key;
  table.defect(at, "is no public key: " + std::string(key.error().text),
               in_place ? "Write the base64 of the DER SubjectPublicKeyInfo"
                        : "Name a PEM file with one PUBLIC KEY block");
  return std::nullopt;
}

void read_validity(Table& table, InstitutionKey& key) {
  key.valid_from = table.time("valid_from");
  key.valid_until = table.time("valid_until");
  key.revoked_at = table.time("revoked_at");
  key.revocation_reason = table.word("revocation_reason", kRevocationReasons).value_or("");
  if (key.valid_from && key.valid_until && *key.valid_from >= *key.valid_until) {
    table.defect("valid_until", "is not after valid_from");
  }
  if (table.has("revocation_reason") && !table.has("revoked_at")) {
    table.defect("revocation_reason", "stands without revoked_at", "Say since when");
  }
}

void read_key(Table table, Institution& institution, Holders& holders) {
  const auto id = read_id(table);
  const auto algorithm = table.word("algorithm", kAlgorithms);
  if (!table.has("algorithm")) table.defect("algorithm", "is missing");
  auto public_key = read_public_key(table);
  if (id && contains(institution.keys, *id, &InstitutionKey::id)) {
    table.defect("id", "'" + *id + "' is the id of another key of this institution");
  }
  if (public_key && algorithm && crypto::name(public_key->algorithm()) != *algorithm) {
    table.defect("algorithm", "is " + *algorithm + ", but the key is " +
                                  std::string(crypto::name(public_key->algorithm())));
  }
  if (public_key && contains(institution.keys, *public_key, &InstitutionKey::key)) {
    table.defect("", "is the same key as another of this institution",
                 "List a key once, with its whole period");
  }
  // The period is read even of a key that is refused, so that all its defects are told at once.
  if (!public_key) {
    for (const auto* key : {"valid_from", "valid_until", "revoked_at"}) table.time(key);
    table.word("revocation_reason", kRevocationReasons);
    return;
  }
  claim_key(*public_key, institution.id, "", table, holders);
  InstitutionKey key{id.value_or(""), *public_key, {}, {}, {}, {}};
  read_validity(table, key);
  institution.keys.push_back(std::move(key));
}

std::optional<crypto::RevocationList> read_revocation_list(Table& table, const std::string& path) {
  const auto content = table.read_file("crl", path);
  if (!content) return std::nullopt;
  const std::string_view text = core::as_text(*content);
  auto list = text.starts_with("-----") ? crypto::RevocationList::from_pem(text)
                                        : crypto::RevocationList::from_der(*content);
  if (list) return *list;
  table.defect("crl", "'" + path + "' is no revocation list: " + std::string(list.error().text));
  return std::nullopt;
}

void read_ca(Table table, Institution& institution, Holders& holders) {
  const auto file = table.required_text("file");
  const auto pem = file ? table.read_file("file", *file) : std::nullopt;
  const std::string sm2_id = table.text("sm2_id").value_or("1234567812345678");
  std::vector<InstitutionCa> cas;
  if (pem) {
    const auto certificates = crypto::Certificate::list_from_pem(core::as_text(*pem));
    if (!certificates || certificates->empty()) {
      table.defect("file",
                   "holds no certificate: " +
                       std::string(certificates ? "empty" : certificates.error().text),
                   "Name a PEM file of CERTIFICATE blocks");
    } else {
      for (const crypto::Certificate& certificate : *certificates) {
        if (!certificate.is_ca()) {
          table.defect("file", "holds a certificate that is not of a CA",
                       "List keys of signers under [[institution.key]]");
        }
        claim_key(certificate.key(), institution.id, "file", table, holders);
        cas.push_back({.certificate = certificate, .revocation_lists = {}, .sm2_id = sm2_id});
      }
    }
  }
  for (const std::string& path : table.texts("crl")) {
    const auto list = read_revocation_list(table, path);
    if (!list) continue;
    bool placed = false;
    for (InstitutionCa& ca : cas) {
      if (!core::equal(ca.certificate.subject(), list->issuer())) continue;
      ca.revocation_lists.push_back(*list);
      placed = true;
    }
    if (!placed && !cas.empty()) {
      table.defect("crl", "'" + path + "' was issued by none of the certificates of 'file'");
    }
  }
  std::ranges::move(cas, std::back_inserter(institution.cas));
}

void read_institution(Table table, TrustList& list, Holders& holders) {
  const auto id = read_id(table);
  if (id && list.institution(*id) != nullptr) {
    table.defect("id", "'" + *id + "' is the id of another institution");
  }
  Institution institution;
  institution.id = id.value_or(table.path());
  const auto kind = table.word("kind", kKinds);
  if (!table.has("kind")) table.defect("kind", "is missing");
  if (kind) institution.kind = *kind_by_name(*kind);
  institution.name = read_name(table, institution.id);
  institution.linked_parties = table.texts("linked_parties");
  if (contains(institution.linked_parties, std::string(), std::identity())) {
    table.defect("linked_parties", "holds an empty text");
  }
  for (Table& key : table.tables("key")) read_key(key, institution, holders);
  for (Table& ca : table.tables("ca")) read_ca(ca, institution, holders);
  list.institutions.push_back(std::move(institution));
}

}  // namespace

std::string_view name(InstitutionKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<InstitutionKind> kind_by_name(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<InstitutionKind>(found - kKinds.begin());
}

void read_institutions(Table& root, TrustList& list) {
  Holders holders;
  for (const Table& table : root.tables("institution")) read_institution(table, list, holders);
}

}  // namespace heyan::trust
