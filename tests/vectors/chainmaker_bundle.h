// Bundles of chains-cn for ChainMaker: the trust list that their `trust` part stands for, and their
// `proof` part as production reads it.
#pragma once

#include <map>
#include <set>
#include <string>

#include "verifier/core/json.h"

namespace heyan::vectors::chainmaker {

using core::json::Value;

inline std::string text_at(const Value& value, std::string_view pointer) {
  const Value* found = value.at(pointer);
  return found != nullptr && found->as_string() != nullptr ? *found->as_string() : std::string();
}

inline const Value::Array& list_at(const Value& value, std::string_view pointer) {
  static const Value::Array kEmpty;
  const Value* found = value.at(pointer);
  return found != nullptr && found->as_array() != nullptr ? *found->as_array() : kEmpty;
}

// Writes the trust list and the files that it names.
class TrustFiles {
 public:
  // `params`: of the case; where the record stands.
  TrustFiles(const Value& bundle, const Value& params) : bundle_(bundle), params_(params) {
    for (const Value& one : list_at(bundle, "/trust/orgs")) add_organisation(one);
    for (const Value& one : list_at(bundle, "/trust/validators")) add_validator(one);
    for (const Value& one : list_at(bundle, "/trust/certs_by_hash"))
      certificates_ +=
          (certificates_.empty() ? "\"" : ", \"") + keep(text_at(one, "/cert_pem")) + "\"";
    for (const Value& one : list_at(bundle, "/trust/pinned_certs")) add_pinned(one);
  }

  std::map<std::string, core::Bytes> write() {
    std::string text =
        "[list]\nid = \"test\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
        "next_update = 2036-01-01T00:00:00Z\n";
    std::string members;
    for (const auto& [id, cas] : institutions_) {
      text += "[[institution]]\nid = \"" + id +
              "\"\nkind = \"other\"\nname = { zh = \"机构\", en = \"" + id + "\" }\n" + cas;
      members += (members.empty() ? "\"" : ", \"") + id + "\"";
    }
    text += "[[quorum]]\nid = \"some\"\nat_least = 1\nof = [" + members + "]\n";
    text +=
        "[[ledger]]\nid = \"chain\"\nformat = \"chainmaker\"\nquorum = \"some\"\n"
        "name = { zh = \"链\", en = \"Chain\" }\n" +
        record() + "[ledger.chainmaker]\n" + chain() + tables_;
    files_["trust.toml"] = core::to_bytes(std::string_view(text));
    return files_;
  }

 private:
  bool with_certificates() const {
    return text_at(bundle_, "/auth_type") == "permissionedWithCert";
  }

  std::string keep(const std::string& pem) {
    const std::string path = std::to_string(files_.size()) + ".pem";
    files_[path] = core::to_bytes(std::string_view(pem));
    return path;
  }

  void add_organisation(const Value& one) {
    const std::string institution = text_at(one, "/institution");
    std::string& cas = institutions_[institution];
    if (const std::string pem = text_at(one, "/ca_pem"); !pem.empty())
      cas += "[[institution.ca]]\nfile = \"" + keep(pem) + "\"\n";
    name_organisation(text_at(one, "/org_id"), institution);
  }

  void name_organisation(const std::string& org_id, const std::string& institution) {
    if (!organisations_.insert(org_id).second) return;
    tables_ += "[[ledger.chainmaker.organisation]]\norg_id = \"" + org_id + "\"\ninstitution = \"" +
               institution + "\"\n";
  }

  void add_validator(const Value& one) {
    const std::string institution = text_at(one, "/institution");
    institutions_.try_emplace(institution);
    if (with_certificates()) name_organisation(text_at(one, "/org_id"), institution);
    tables_ += "[[ledger.chainmaker.validator]]\nnode_id = \"" + text_at(one, "/node_id") +
               "\"\ninstitution = \"" + institution + "\"\n";
    tables_ += with_certificates()
                   ? "org_id = \"" + text_at(one, "/org_id") + "\"\n"
                   : "public_key = \"" + keep(text_at(one, "/public_key_pem")) + "\"\n";
  }

  void add_pinned(const Value& one) {
    tables_ += "[[ledger.chainmaker.pinned]]\norg_id = \"" + text_at(one, "/org_id") +
               "\"\nfile = \"" + keep(text_at(one, "/cert_pem")) + "\"\n";
  }

  std::string record() const {
    const std::string parameter = text_at(params_, "/digest_parameter");
    if (parameter.empty()) return "";
    return "[ledger.record]\nmethod = \"" + text_at(params_, "/method") +
           "\"\ndigest = { \"sha-256\" = \"" + parameter + "\", \"sm3\" = \"" + parameter +
           "\" }\n";
  }

  std::string chain() const {
    std::string text = "chain_id = \"" + text_at(bundle_, "/chain_id") + "\"\nhash = \"" +
                       text_at(bundle_, "/hash_type") + "\"\nauth = \"" +
                       (with_certificates() ? "cert" : "public-key") + "\"\n";
    const std::string consensus = text_at(bundle_, "/consensus");
    text += "consensus = \"" + (consensus.empty() ? "Solo" : consensus) + "\"\n";
    if (const std::string contract = text_at(params_, "/contract"); !contract.empty())
      text += "contracts = [\"" + contract + "\"]\n";
    if (!certificates_.empty()) text += "certificates = [" + certificates_ + "]\n";
    return text;
  }

  const Value& bundle_;
  const Value& params_;
  std::map<std::string, core::Bytes> files_;
  std::map<std::string, std::string> institutions_;  // id -> its CAs
  std::set<std::string> organisations_;
  std::string tables_;
  std::string certificates_;
};

// JSON heyan.chainmaker-proof.v1.
inline core::Bytes proof_of(const Value& bundle) {
  Value proof = *bundle.find("proof");
  proof.set("schema", "heyan.chainmaker-proof.v1");
  return core::to_bytes(std::string_view(core::json::write_canonical(proof)));
}

}  // namespace heyan::vectors::chainmaker
