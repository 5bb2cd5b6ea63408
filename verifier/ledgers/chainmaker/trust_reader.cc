#include "verifier/ledgers/chainmaker/trust_reader.h"

#include <algorithm>
#include <array>

#include "verifier/crypto/signature.h"
#include "verifier/ledgers/chainmaker/node_id.h"

namespace heyan::ledgers::chainmaker {
namespace {

constexpr std::array<std::string_view, 3> kHashes = {"SHA256", "SM3", "SHA3_256"};
constexpr std::array<std::string_view, 2> kModes = {"cert", "public-key"};
constexpr std::array<std::string_view, 5> kConsensusNames = {"TBFT", "DPoS", "Raft", "Solo",
                                                             "MaxBFT"};
constexpr std::size_t kMaxValidators = 1000;

}  // namespace

void TrustReader::defect(trust::Table& table, std::string_view key, std::string what,
                         std::string remedy) {
  table.defect(key, std::move(what), std::move(remedy));
  sound_ = false;
}

std::shared_ptr<const ChainmakerConfig> TrustReader::read() {
  read_chain();
  read_record();
  for (const trust::Table& one : table_.tables("organisation")) read_organisation(one);
  for (const trust::Table& one : table_.tables("validator")) read_validator(one);
  read_certificates();
  for (const trust::Table& one : table_.tables("pinned")) read_pinned(one);
  for (const trust::Table& one : table_.tables("frozen")) read_frozen(one);
  read_config_heights();
  check_whole();
  return sound_ ? config_ : nullptr;
}

void TrustReader::read_chain() {
  const auto chain_id = table_.required_text("chain_id");
  const auto word = [&](std::string_view key, std::span<const std::string_view> allowed) {
    const auto found = table_.word(key, allowed);
    if (!table_.has(key)) table_.defect(key, "is missing");
    sound_ = sound_ && found.has_value();
    return found ? static_cast<std::size_t>(std::ranges::find(allowed, *found) - allowed.begin())
                 : 0;
  };
  constexpr std::array kChainHashes = {crypto::Hash::kSha256, crypto::Hash::kSm3,
                                       crypto::Hash::kSha3_256};
  config_->hash = kChainHashes.at(word("hash", kHashes));
  config_->with_certificates = word("auth", kModes) == 0;
  config_->consensus = static_cast<Consensus>(word("consensus", kConsensusNames));
  config_->chain_id = chain_id.value_or("");
  sound_ = sound_ && chain_id.has_value();
  for (const trust::Institution& institution : list_.institutions) {
    for (const trust::InstitutionKey& key : institution.keys) {
      if (key.revoked_at) continue;
      config_->institution_keys.insert_or_assign(
          core::to_bytes(key.key.sha256()),
          OwnedKey{institution.id, key.valid_from, key.valid_until});
    }
  }
}

void TrustReader::read_record() {
  config_->contracts = table_.texts("contracts");
  auto places = record_places(entry_.record);
  if (places) {
    config_->places = *std::move(places);
  } else {
    defect(table_, "", "a place in [ledger.record] is no place",
           "Write a parameter name, or \"parameter#/json/pointer\"");
  }
  const bool given = table_.has("record_quorum");
  config_->record_quorum = table_.text("record_quorum").value_or("");
  if (given && list_.quorum(config_->record_quorum) == nullptr)
    defect(table_, "record_quorum", "'" + config_->record_quorum + "' is no quorum of this list");
}

std::optional<std::string> TrustReader::read_institution(trust::Table& table) {
  auto institution = table.required_text("institution");
  if (institution && list_.institution(*institution) == nullptr) {
    defect(table, "institution", "'" + *institution + "' is no institution of this list");
    return std::nullopt;
  }
  sound_ = sound_ && institution.has_value();
  return institution;
}

std::optional<std::uint64_t> TrustReader::read_height(trust::Table& table, std::string_view key) {
  const bool given = table.has(key);
  const auto height = table.integer(key);
  if (!given) return std::nullopt;
  if (height && *height >= 0) return static_cast<std::uint64_t>(*height);
  if (height) table.defect(key, "is no height of a block");
  sound_ = false;
  return std::nullopt;
}

void TrustReader::read_organisation(trust::Table table) {
  const auto org_id = table.required_text("org_id");
  const auto institution = read_institution(table);
  sound_ = sound_ && org_id.has_value();
  if (!org_id || !institution) return;
  Organisation organisation{.institution = *institution,
                            .cas = list_.institution(*institution)->cas};
  if (!config_->organisations.emplace(*org_id, std::move(organisation)).second)
    defect(table, "org_id", "'" + *org_id + "' is the id of another organisation");
}

void TrustReader::read_validator(trust::Table table) {
  Validator validator;
  const auto node_id = table.required_text("node_id");
  validator.node_id = node_id.value_or("");
  if (node_id && !is_base58(*node_id))
    defect(table, "node_id", "is no node id", "Write it as the chain's config does: Qm…");
  sound_ = sound_ && node_id.has_value();
  validator.institution = read_institution(table).value_or("");
  validator.from_height = read_height(table, "from_height").value_or(0);
  validator.to_height = read_height(table, "to_height");
  if (validator.to_height && *validator.to_height < validator.from_height)
    defect(table, "to_height", "lies before from_height");
  read_member(table, validator);
  check_overlap(table, validator);
  if (config_->validators.size() == kMaxValidators)
    defect(table, "", "there are more than 1000 validators");
  if (config_->validators.size() < kMaxValidators)
    config_->validators.push_back(std::move(validator));
}

// By whose signatures a validator is known: its organisation's certificates, or its own key.
void TrustReader::read_member(trust::Table& table, Validator& validator) {
  if (config_->with_certificates) {
    const auto org_id = table.required_text("org_id");
    sound_ = sound_ && org_id.has_value();
    if (!org_id) return;
    validator.org_id = *org_id;
    const auto organisation = config_->organisations.find(*org_id);
    if (organisation == config_->organisations.end()) {
      defect(table, "org_id", "'" + *org_id + "' is no organisation of this ledger",
             "Add [[ledger.chainmaker.organisation]]");
    } else if (organisation->second.institution != validator.institution) {
      defect(table, "institution", "is not the institution of the organisation '" + *org_id + "'");
    }
    return;
  }
  if (!table.has("public_key")) {
    defect(table, "public_key", "is missing", "Name the PEM file of the validator's public key");
    return;
  }
  const auto pem = table.file("public_key");
  const auto key =
      pem ? crypto::PublicKey::from_pem(core::as_text(*pem))
          : core::Result<crypto::PublicKey>(core::fail(core::ErrorCode::kNotFound, ""));
  sound_ = sound_ && pem.has_value();
  if (!pem) return;
  if (!key) {
    defect(table, "public_key", "is no public key in PEM");
  } else if (node_id_of(*key) != validator.node_id) {
    defect(table, "public_key", "is not the key of that node id");
  } else {
    validator.key = *key;
  }
}

void TrustReader::check_overlap(trust::Table& table, const Validator& validator) {
  for (const Validator& other : config_->validators) {
    if (other.node_id != validator.node_id) continue;
    const bool apart = (other.to_height && *other.to_height < validator.from_height) ||
                       (validator.to_height && *validator.to_height < other.from_height);
    if (!apart) defect(table, "node_id", "is the id of another validator of the same heights");
  }
}

void TrustReader::read_certificates() {
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  for (const std::string& path : table_.texts("certificates")) {
    const auto pem = table_.read_file("certificates", path);
    sound_ = sound_ && pem.has_value();
    if (!pem) continue;
    const auto certificates = crypto::Certificate::list_from_pem(core::as_text(*pem));
    if (!certificates) {
      defect(table_, "certificates", "'" + path + "' holds no certificates in PEM");
      continue;
    }
    for (const crypto::Certificate& one : *certificates) {
      const auto hash = checker.digest(config_->hash, one.der());
      if (hash) config_->certificates.insert_or_assign(*hash, one);
      sound_ = sound_ && hash.has_value();
    }
  }
}

void TrustReader::read_pinned(trust::Table table) {
  const auto org_id = table.required_text("org_id");
  const auto pem = table.file("file");
  if (!table.has("file")) table.defect("file", "is missing", "Name the PEM file of a certificate");
  sound_ = sound_ && org_id.has_value() && pem.has_value();
  if (!org_id || !pem) return;
  if (!config_->organisations.contains(*org_id)) {
    defect(table, "org_id", "'" + *org_id + "' is no organisation of this ledger");
    return;
  }
  const auto certificate = crypto::Certificate::from_pem(core::as_text(*pem));
  if (!certificate) {
    defect(table, "file", "is no certificate in PEM");
    return;
  }
  const auto [place, added] =
      config_->pinned.emplace(core::to_bytes(certificate->sha256()), *org_id);
  if (!added && place->second != *org_id)
    defect(table, "file", "is the certificate of two organisations");
}

void TrustReader::read_frozen(trust::Table table) {
  const auto text = table.required_text("certificate");
  const auto hash = text ? core::from_hex(*text) : std::nullopt;
  const auto from = read_height(table, "from_height");
  sound_ = sound_ && text.has_value();
  if (!text) return;
  if (!hash || hash->size() != crypto::digest_bytes(config_->hash)) {
    defect(table, "certificate", "is no hash of a certificate in hexadecimal");
    return;
  }
  config_->frozen.insert_or_assign(*hash, from.value_or(0));
}

void TrustReader::read_config_heights() {
  for (trust::Table table : table_.tables("config")) {
    if (!table.has("height")) defect(table, "height", "is missing");
    if (const auto height = read_height(table, "height"))
      config_->config_heights.push_back(*height);
  }
  std::ranges::sort(config_->config_heights);
}

void TrustReader::check_whole() {
  if (entry_.quorum.empty())
    defect(table_, "", "no quorum is named for this ledger", "Write quorum = \"…\" in [[ledger]]");
  const bool votes = config_->is_cosigned() && config_->consensus != Consensus::kMaxBft;
  if (votes && config_->validators.empty())
    defect(table_, "validator", "there is none", "Add [[ledger.chainmaker.validator]]");
  // Whoever holds one key for two institutions could sign for both.
  std::map<Bytes, std::string> holders;
  for (const Validator& one : config_->validators) {
    if (!one.key) continue;
    const auto [place, added] = holders.emplace(core::to_bytes(one.key->sha256()), one.institution);
    if (!added && place->second != one.institution)
      defect(table_, "validator", "one key belongs to two institutions");
  }
  if (config_->with_certificates) return;
  if (!config_->pinned.empty() || !config_->certificates.empty() || !config_->frozen.empty())
    defect(table_, "auth", "certificates have no place in public-key mode");
}

}  // namespace heyan::ledgers::chainmaker
