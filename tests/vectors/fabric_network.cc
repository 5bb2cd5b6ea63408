#include "tests/vectors/fabric_network.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "verifier/ledgers/fabric/answers.h"
#include "verifier/ledgers/fabric/chain.h"
#include "verifier/ledgers/fabric/single.h"

namespace heyan::vectors {

namespace fabric = ledgers::fabric;
namespace fs = std::filesystem;
using core::Bytes;
using core::ByteView;
using core::json::Value;
using fabric::KeptBytes;
using fabric::Reason;

std::optional<Bytes> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  const std::string content((std::istreambuf_iterator<char>(file)),
                            std::istreambuf_iterator<char>());
  return core::to_bytes(content);
}

std::string text_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : std::string();
}

std::vector<std::string> texts_of(const Value& object, std::string_view name) {
  std::vector<std::string> result;
  const Value* value = object.find(name);
  if (value == nullptr || value->as_array() == nullptr) return result;
  for (const Value& one : *value->as_array()) {
    if (one.as_string() != nullptr) result.push_back(*one.as_string());
  }
  return result;
}

namespace {

std::optional<std::int64_t> number_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  if (value == nullptr || value->as_integer() == nullptr) return std::nullopt;
  return *value->as_integer();
}

crypto::Hash hash_named(const std::string& name) {
  return name.starts_with("SM3") ? crypto::Hash::kSm3 : crypto::Hash::kSha256;
}

}  // namespace

// One network: its case list, its profile, and what all its cases share.
class FabricNetwork::Run {
 public:
  Run(fs::path folder, Value list)
      : folder_(std::move(folder)),
        list_(std::move(list)),
        profile_(read_profile(list_)),
        checker_(crypto::production_engines(), limits_),
        verifier_(checker_, profile_, limits_),
        identities_(verifier_) {}

  Found run(const Value& one) {
    const std::string mode = text_of(one, "mode");
    if (mode == "single") return run_single(one);
    if (mode == "chain") return run_chain(one);
    if (mode == "attest") return run_attest(one);
    return {.error = "unknown mode", .reasons = {}, .fields = {}};
  }

 private:
  static fabric::Profile read_profile(const Value& list) {
    const Value* algorithms = list.find("algorithms");
    if (algorithms == nullptr) return *fabric::profile_by_name("mainline");
    fabric::Profile profile;
    profile.name = "case list";
    profile.header_hash = hash_named(text_of(*algorithms, "header_hash"));
    profile.data_hash = hash_named(text_of(*algorithms, "data_hash"));
    profile.txid_hash = hash_named(text_of(*algorithms, "txid"));
    profile.proposal_hash = hash_named(text_of(*algorithms, "proposal_hash"));
    const std::string signature = text_of(*algorithms, "signature");
    profile.sm2 = signature.starts_with("SM2");
    profile.low_s = !profile.sm2;
    profile.prehash = signature.find("message itself") == std::string::npos && profile.sm2;
    if (signature.find("1234567812345678") != std::string::npos)
      profile.sm2_user_id = "1234567812345678";
    profile.hash_family.clear();
    return profile;
  }

  std::optional<KeptBytes> load(const std::string& path) const {
    auto bytes = read_file(folder_ / path);
    if (!bytes) return std::nullopt;
    return KeptBytes::own(*std::move(bytes));
  }

  // Nothing where there is none or one is missing.
  std::optional<std::vector<KeptBytes>> load_all(const std::vector<std::string>& paths) const {
    std::vector<KeptBytes> result;
    for (const std::string& path : paths) {
      auto bytes = load(path);
      if (!bytes) return std::nullopt;
      result.push_back(*std::move(bytes));
    }
    if (result.empty()) return std::nullopt;
    return result;
  }

  std::expected<fabric::ConfigChain, Reason> config_chain(const Value& one, Found& found) {
    std::string anchor = text_of(one, "anchor_header_hash");
    if (anchor.empty()) anchor = text_of(list_, "genesis_header_hash");
    const auto pin = core::from_hex(anchor);
    const std::vector<std::string> paths = texts_of(one, "config_blocks");
    const auto blocks = load_all(paths);
    if (!pin || !blocks) {
      found.error = "anchor or config block is missing";
      return std::unexpected(Reason::kParse);
    }
    const std::string channel = text_of(one, "channel");
    auto chain = fabric::ConfigChain::start(blocks->front(), *pin, channel, verifier_);
    if (!chain) return chain;
    for (std::size_t i = 1; i < blocks->size(); ++i) {
      if (const auto added = chain->append((*blocks)[i], identities_); !added)
        return std::unexpected(added.error());
    }
    return chain;
  }

  Found run_single(const Value& one) {
    Found found;
    const auto configs = config_chain(one, found);
    const auto policy = fabric::EndorsementPolicy::from_text(text_of(one, "policy"));
    const auto bytes = load(text_of(one, "block"));
    if (!policy || !bytes) found.error = "block or policy cannot be read";
    if (!configs) found.reasons.insert(configs.error());
    if (!found.error.empty() || !configs) return found;
    const auto block = fabric::parse_block(bytes->bytes, limits_);
    if (!block) {
      found.reasons.insert(Reason::kParse);
      return found;
    }
    const fabric::Block* const copy = &*block;
    const std::string chaincode = text_of(one, "chaincode");
    const std::string key = text_of(one, "evidence_key");
    fabric::SingleQuestion question{.copies = {&copy, 1},
                                    .chaincode = chaincode,
                                    .key = key,
                                    .transaction = {},
                                    .policy = &*policy,
                                    .min_orderer_orgs = 1};
    if (const auto index = number_of(one, "tx_index"))
      question.transaction = static_cast<std::size_t>(*index);
    if (const auto wanted = number_of(one, "min_orderer_orgs")) {
      question.min_orderer_orgs = static_cast<std::uint32_t>(*wanted);
    }
    const fabric::SingleAnswer answer = fabric::judge_single(question, *configs, identities_);
    found.reasons = answer.reasons;
    tell_single(answer, key, text_of(one, "evidence_file"), found);
    return found;
  }

  void tell_single(const fabric::SingleAnswer& answer, const std::string& key,
                   const std::string& evidence, Found& found) {
    if (answer.transaction) {
      found.fields["tx_index"] = static_cast<std::int64_t>(*answer.transaction);
      found.fields["txid"] = answer.txid;
    }
    found.fields["digest"] = nullptr;
    if (answer.flag) found.fields["flag_in_block"] = static_cast<std::int64_t>(*answer.flag);
    found.fields["endorsing_msps"] = list_value(answer.endorsing_msps);
    found.fields["orderer_msps"] =
        list_value({answer.ordering.organisations.begin(), answer.ordering.organisations.end()});
    if (answer.value.empty()) return;
    const auto record = fabric::parse_record(answer.value, key, {}, limits_);
    const auto digest =
        record ? fabric::digest_of(record->record, v1::DIGEST_ALGORITHM_SHA_256) : std::nullopt;
    if (digest) found.fields["digest"] = core::to_hex(*digest);
    if (evidence.empty()) return;
    const auto file = read_file(folder_ / evidence);
    if (!file) found.error = "evidence file is missing";
    if (file && digest != verifier_.digest(crypto::Hash::kSha256, *file)) {
      found.reasons.insert(Reason::kDigestMismatch);
    }
  }

  static Value list_value(const std::vector<std::string>& texts) {
    Value::Array array(texts.begin(), texts.end());
    return Value(std::move(array));
  }

  std::optional<std::vector<KeptBytes>> chain_blocks(const Value& one) const {
    const std::vector<std::string> removed = texts_of(one, "remove");
    const fs::path directory = folder_ / text_of(one, "chain_dir");
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory, error))
      names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    std::vector<std::string> paths;
    for (const std::string& name : names) {
      if (std::ranges::find(removed, name) != removed.end()) continue;
      const Value* replace = one.find("replace");
      const std::string other = replace != nullptr ? text_of(*replace, name) : std::string();
      paths.push_back(other.empty() ? text_of(one, "chain_dir") + "/" + name : other);
    }
    return load_all(paths);
  }

  Found run_chain(const Value& one) {
    Found found;
    const auto blocks = chain_blocks(one);
    if (!blocks) {
      found.error = "chain folder is empty or a block is missing";
      return found;
    }
    std::vector<fabric::PolicyFrom> policies;
    if (const Value* list = list_.find("endorsement_policies");
        list != nullptr && list->as_array() != nullptr) {
      for (const Value& entry : *list->as_array()) {
        auto policy = fabric::EndorsementPolicy::from_text(text_of(entry, "policy"));
        if (!policy) found.error = "endorsement policy cannot be read";
        const auto from = number_of(entry, "from_block");
        if (policy && from)
          policies.push_back({static_cast<std::uint64_t>(*from), *std::move(policy)});
      }
    }
    const auto pin = core::from_hex(text_of(one, "anchor_header_hash"));
    if (!pin) found.error = "no anchor";
    if (!found.error.empty()) return found;
    const std::string channel = text_of(one, "channel");
    const std::string chaincode = text_of(one, "chaincode");
    const std::string key = text_of(one, "evidence_key");
    fabric::ChainQuestion question{.blocks = *blocks,
                                   .pin = *pin,
                                   .channel = channel,
                                   .chaincode = chaincode,
                                   .key = {},
                                   .policies = policies};
    if (!key.empty()) question.key = key;
    const fabric::ChainAnswer answer = fabric::judge_chain(question, identities_);
    found.reasons = answer.reasons;
    tell_chain(answer, key, found);
    return found;
  }

  void tell_chain(const fabric::ChainAnswer& answer, const std::string& key, Found& found) const {
    if (answer.at) found.fields["at"] = static_cast<std::int64_t>(*answer.at);
    found.fields["last_block"] = static_cast<std::int64_t>(answer.last_block);
    found.fields["commit_hash"] = core::to_hex(answer.commit_hash);
    Value codes{Value::Object{}};
    for (const auto& [number, list] : answer.codes) {
      Value::Array array;
      for (const std::uint8_t code : list) array.emplace_back(static_cast<std::int64_t>(code));
      codes.set(std::to_string(number), Value(std::move(array)));
    }
    found.fields["codes"] = std::move(codes);
    if (key.empty()) return;
    Value history{Value::Array{}};
    for (const fabric::HistoryEntry& entry : answer.history) {
      Value line{Value::Object{}};
      line.set("block", static_cast<std::int64_t>(entry.block));
      line.set("tx", static_cast<std::int64_t>(entry.transaction));
      line.set("sha256", nullptr);
      if (entry.value) {
        const auto record = fabric::parse_record(*entry.value, key, {}, limits_);
        const auto digest =
            record ? fabric::digest_of(record->record, v1::DIGEST_ALGORITHM_SHA_256) : std::nullopt;
        line = Value{Value::Object{}};
        line.set("block", static_cast<std::int64_t>(entry.block));
        line.set("tx", static_cast<std::int64_t>(entry.transaction));
        line.set("sha256", digest ? Value(core::to_hex(*digest)) : Value("unreadable"));
      }
      history.push(std::move(line));
    }
    found.fields["history"] = std::move(history);
  }

  Found run_attest(const Value& one) {
    Found found;
    const auto configs = config_chain(one, found);
    if (!configs) found.reasons.insert(configs.error());
    const Value* pairs = one.find("attestations");
    if (pairs == nullptr || pairs->as_array() == nullptr) found.error = "no attestations";
    if (!found.error.empty() || !configs) return found;
    std::vector<std::string> msps;
    std::optional<std::uint8_t> code;
    const std::string txid = text_of(one, "txid");
    for (const Value& pair : *pairs->as_array()) {
      const auto request = load(text_of(pair, "request"));
      const auto response = load(text_of(pair, "response"));
      if (!request || !response) {
        found.error = "request or response is missing";
        return found;
      }
      const auto question = fabric::parse_signed_question(request->bytes);
      const auto reply = fabric::parse_signed_reply(response->bytes);
      if (!question || !reply) {
        found.reasons.insert(Reason::kParse);
        continue;
      }
      const fabric::AnswerCheck check = fabric::check_answer(
          *question, *reply, configs->channel(), txid, *configs->latest().config, identities_);
      found.reasons.insert(check.reasons.begin(), check.reasons.end());
      if (!check.holds()) continue;
      if (code && *code != check.code) found.reasons.insert(Reason::kAttestInconsistent);
      code = check.code;
      msps.push_back(check.signer->identity->msp);
    }
    std::ranges::sort(msps);
    found.fields["txid"] = txid;
    found.fields["attesting_msps"] = list_value(msps);
    if (code) found.fields["validation_code"] = static_cast<std::int64_t>(*code);
    return found;
  }

  fs::path folder_;
  Value list_;
  core::Limits limits_;
  fabric::Profile profile_;
  crypto::SignatureChecker checker_;
  fabric::Verifier verifier_;
  fabric::Identities identities_;
};

FabricNetwork::FabricNetwork(fs::path folder, Value list)
    : run_(std::make_unique<Run>(std::move(folder), std::move(list))) {}

FabricNetwork::~FabricNetwork() = default;

Found FabricNetwork::run(const Value& one) { return run_->run(one); }

}  // namespace heyan::vectors
