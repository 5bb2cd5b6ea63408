#include "verifier/ledgers/fisco_bcos/trust_config.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "verifier/crypto/signature.h"
#include "verifier/ledgers/fisco_bcos/fields.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

constexpr std::int64_t kMostWeight = 1LL << 32;
constexpr std::array<std::string_view, 2> kCryptos = {"sm", "ecdsa"};
constexpr std::array<std::string_view, 5> kTextFields = {"id", "who", "what", "when", "where"};

std::optional<std::size_t> read_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

bool holds_digest(const AbiType& type, std::size_t bytes) {
  const bool text = type.kind == AbiKind::kString || type.kind == AbiKind::kBytes;
  return text || (type.kind == AbiKind::kFixedBytes && type.bytes == bytes);
}

// Reading goes on after a defect, so that the court sees all of them at once.
class Reader {
 public:
  Reader(trust::Table& table, const trust::LedgerEntry& entry, const trust::TrustList& list)
      : table_(table), entry_(entry), list_(list), config_(std::make_shared<FiscoConfig>()) {}

  std::shared_ptr<const FiscoConfig> read() {
    read_form();
    read_chain();
    read_contracts();
    for (trust::Table& sealer : table_.tables("sealer")) read_sealer(sealer);
    if (config_->sealers.empty() && sound_)
      defect("sealer", "no sealer is named", "Add [[ledger.fisco-bcos.sealer]] for each node");
    read_record();
    read_signers();
    if (entry_.quorum.empty())
      defect("", "no quorum is named for this ledger", "Write quorum = \"…\" in [[ledger]]");
    return sound_ ? config_ : nullptr;
  }

 private:
  void defect(trust::Table& table, std::string_view key, std::string what,
              std::string remedy = "") {
    table.defect(key, std::move(what), std::move(remedy));
    sound_ = false;
  }
  void defect(std::string_view key, std::string what, std::string remedy = "") {
    defect(table_, key, std::move(what), std::move(remedy));
  }

  void read_form() {
    const bool given = table_.has("version");
    const auto version = table_.integer("version");
    if (version && (*version == 2 || *version == 3)) {
      config_->form.generation = *version == 2 ? Generation::k2 : Generation::k3;
    } else if (version || !given) {
      defect("version", given ? "is neither 2 nor 3" : "is missing",
             "Write version = 2 (2.2 to 2.11) or version = 3 (3.0.0 and later)");
    } else {
      sound_ = false;
    }
    const auto crypto = table_.word("crypto", kCryptos);
    if (!table_.has("crypto")) defect("crypto", "is missing", "Write \"sm\" or \"ecdsa\"");
    if (!crypto) sound_ = false;
    config_->form.crypto = crypto == "ecdsa" ? Crypto::kEcdsa : Crypto::kSm;
  }

  void read_chain() {
    for (const auto& [key, place] :
         {std::pair("chain_id", &config_->chain_id), std::pair("group_id", &config_->group_id)}) {
      if (table_.has(key)) {
        *place = table_.required_text(key);
        if (!*place) sound_ = false;
      } else {
        table_.text(key);  // known, and rightly absent
      }
    }
  }

  std::optional<Bytes> read_address(trust::Table& table, std::string_view key,
                                    std::string_view text) {
    auto address = read_hex(text);
    if (address && address->size() == kAddressBytes) return address;
    defect(table, key, "'" + std::string(text) + "' is no address", "Write 0x and 40 digits");
    return std::nullopt;
  }

  void read_contracts() {
    for (const std::string& text : table_.texts("contracts")) {
      auto address = read_address(table_, "contracts", text);
      if (address) config_->contracts.push_back(*std::move(address));
    }
    if (config_->contracts.empty() && sound_)
      defect("contracts", "no contract is named", "Write contracts = [\"0x…\"]");
  }

  std::optional<std::string> read_institution(trust::Table& table) {
    auto institution = table.required_text("institution");
    if (!institution) {
      sound_ = false;
    } else if (list_.institution(*institution) == nullptr) {
      defect(table, "institution", "'" + *institution + "' is no institution of this list");
    }
    return institution;
  }

  Heights read_heights(trust::Table& table) {
    Heights heights;
    const auto read = [&](std::string_view key, std::uint64_t& place) {
      const bool given = table.has(key);
      const auto height = table.integer(key);
      if (height && *height >= 0) {
        place = static_cast<std::uint64_t>(*height);
      } else if (height) {
        defect(table, key, "is negative");
      } else if (given) {
        sound_ = false;
      }
    };
    read("from_height", heights.from);
    read("to_height", heights.to);
    if (heights.from > heights.to) defect(table, "to_height", "lies below from_height");
    return heights;
  }

  std::uint64_t read_weight(trust::Table& table) {
    const bool given = table.has("weight");
    const auto weight = table.integer("weight");
    if (!given) return 1;
    if (!weight) {
      sound_ = false;
    } else if (*weight < 1 || *weight > kMostWeight) {
      defect(table, "weight", "is not between 1 and 4294967296");
    } else if (*weight != 1 && config_->form.generation == Generation::k2) {
      defect(table, "weight", "nodes of FISCO BCOS 2 all weigh the same", "Leave weight out");
    } else {
      return static_cast<std::uint64_t>(*weight);
    }
    return 1;
  }

  void read_sealer(trust::Table& table) {
    const auto text = table.required_text("node_id");
    const auto institution = read_institution(table);
    const Heights heights = read_heights(table);
    const std::uint64_t weight = read_weight(table);
    if (!text) sound_ = false;
    if (!text || !institution) return;
    auto node_id = read_hex(*text);
    if (!node_id || node_id->size() != kNodeIdBytes) {
      defect(table, "node_id", "is no node id", "Write the 128 digits of conf/node.nodeid");
      return;
    }
    Bytes point{0x04};
    point.insert(point.end(), node_id->begin(), node_id->end());
    auto key = crypto::PublicKey::from_point(
        config_->form.is_sm() ? crypto::KeyAlgorithm::kSm2 : crypto::KeyAlgorithm::kSecp256k1,
        point);
    if (!key) {
      defect(table, "node_id", "is no point on the curve of this chain",
             "Check crypto and the digits");
      return;
    }
    for (const Sealer& other : config_->sealers) {
      if (other.node_id != *node_id) continue;
      if (other.institution != *institution)
        defect(table, "node_id", "stands under '" + other.institution + "' too");
      if (other.heights.overlaps(heights))
        defect(table, "node_id", "stands twice for the same heights");
    }
    config_->sealers.push_back({.node_id = *std::move(node_id),
                                .key = *std::move(key),
                                .institution = *institution,
                                .weight = weight,
                                .heights = heights});
  }

  std::optional<Call> read_call(std::string_view key, std::string_view text) {
    auto method = Method::parse(text);
    if (!method) {
      defect(key, "'" + std::string(text) + "' is no method that can be read",
             "Write it as in the contract, without spaces and names of arguments: "
             "\"storeEvidence(bytes32,string)\"; arrays and tuples are not supported");
      return std::nullopt;
    }
    crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
    auto digest =
        checker.digest(config_->form.is_sm() ? crypto::Hash::kSm3 : crypto::Hash::kKeccak256,
                       core::as_bytes(method->signature));
    if (!digest) {
      defect(key, "two libraries compute different selectors of it");
      return std::nullopt;
    }
    digest->resize(4);
    return Call{.method = *std::move(method), .selector = *std::move(digest)};
  }

  void read_record() {
    const auto& fields = entry_.record.fields;
    const auto method = fields.find("method");
    if (method == fields.end()) {
      defect("", "no method holds the record",
             "Write method = \"…\" in [ledger.record], as the contract declares it");
      return;
    }
    if (fields.contains("algorithm"))
      defect("", "algorithm in [ledger.record] is not read for this format",
             "Name the algorithm in digest = { … }");
    auto call = read_call("", method->second);
    if (!call) return;
    config_->record = *std::move(call);
    read_digests();
    for (const std::string_view field : kTextFields) {
      const auto place = fields.find(std::string(field));
      if (place == fields.end()) continue;
      if (const auto number = read_place(field, place->second))
        config_->places.fields.emplace(field, *number);
    }
  }

  void read_digests() {
    std::map<std::string, std::string> digests = entry_.record.digest;
    const auto argument = entry_.record.fields.find("argument");
    if (digests.empty() && argument != entry_.record.fields.end())
      digests.emplace(config_->form.is_sm() ? "sm3" : "sha-256", argument->second);
    for (const auto& [algorithm, place] : digests) {
      const auto hash = crypto::hash_by_name(algorithm);
      const auto number = read_place("digest", place);
      if (!hash || !number) continue;
      if (holds_digest(config_->record.method.types[*number], crypto::digest_bytes(*hash))) {
        config_->places.digests.emplace(algorithm, *number);
      } else {
        defect("", "argument " + place + " cannot hold a " + algorithm + " digest");
      }
    }
    if (digests.empty())
      defect("", "no argument holds the digest",
             "Write digest = { \"sha-256\" = \"0\" } in [ledger.record]; arguments count from 0");
  }

  std::optional<std::size_t> read_place(std::string_view field, const std::string& text) {
    const auto number = read_number(text);
    if (number && *number < config_->record.method.types.size()) return number;
    defect("",
           "'" + text + "' is no argument of " + config_->record.method.signature + " (" +
               std::string(field) + " in [ledger.record])",
           "Arguments count from 0");
    return std::nullopt;
  }

  void read_signers() {
    std::vector<trust::Table> tables = table_.tables("signer");
    for (trust::Table& table : tables) read_signer(table);
    read_add_signature();
    const bool ruled = table_.has("record_quorum");
    config_->record_quorum = table_.text("record_quorum").value_or("");
    if (ruled && list_.quorum(config_->record_quorum) == nullptr)
      defect("record_quorum", "'" + config_->record_quorum + "' is no quorum of this list");
    if (tables.empty()) {
      if (ruled) defect("record_quorum", "no [[ledger.fisco-bcos.signer]] is named");
      return;
    }
    if (config_->form.is_sm())
      defect("signer", "on SM chains institutions' signatures in records are not supported");
    const auto& digests = config_->places.digests;
    const bool one_text =
        digests.size() == 1 && config_->record.method.types.size() > digests.begin()->second &&
        config_->record.method.types[digests.begin()->second].kind == AbiKind::kString;
    if (sound_ && !one_text)
      defect("signer", "institutions sign the text of one digest, and the record has no such text");
    if (sound_ && !signature_place(config_->record.method))
      defect("signer", "the method of the record has no place for one signature",
             "It must have uint8, bytes32, bytes32 in a row, once");
  }

  void read_signer(trust::Table& table) {
    const auto text = table.required_text("address");
    const auto institution = read_institution(table);
    const Heights heights = read_heights(table);
    if (!text) sound_ = false;
    if (!text || !institution) return;
    auto address = read_address(table, "address", *text);
    if (!address) return;
    for (const RecordSigner& other : config_->signers) {
      if (other.address != *address) continue;
      if (other.institution != *institution)
        defect(table, "address", "stands under '" + other.institution + "' too");
      if (other.heights.overlaps(heights))
        defect(table, "address", "stands twice for the same heights");
    }
    config_->signers.push_back(
        {.address = *std::move(address), .institution = *institution, .heights = heights});
  }

  void read_add_signature() {
    if (!table_.has("add_signature")) {
      table_.text("add_signature");  // known, and rightly absent
      return;
    }
    const auto text = table_.required_text("add_signature");
    if (!text) {
      sound_ = false;
      return;
    }
    config_->add_signature = read_call("add_signature", *text);
    if (config_->add_signature && !signature_place(config_->add_signature->method))
      defect("add_signature", "has no place for one signature",
             "It must have uint8, bytes32, bytes32 in a row, once");
  }

  trust::Table& table_;
  const trust::LedgerEntry& entry_;
  const trust::TrustList& list_;
  std::shared_ptr<FiscoConfig> config_;
  bool sound_ = true;
};

}  // namespace

std::vector<const Sealer*> FiscoConfig::sealers_at(std::uint64_t height) const {
  std::vector<const Sealer*> result;
  for (const Sealer& sealer : sealers) {
    if (sealer.heights.contains(height)) result.push_back(&sealer);
  }
  return result;
}

const RecordSigner* FiscoConfig::signer(ByteView address, std::uint64_t height) const {
  for (const RecordSigner& one : signers) {
    if (one.heights.contains(height) && core::equal(one.address, address)) return &one;
  }
  return nullptr;
}

std::optional<std::size_t> signature_place(const Method& method) {
  constexpr std::array kParts = {AbiType{AbiKind::kUnsigned, 1}, AbiType{AbiKind::kFixedBytes, 32},
                                 AbiType{AbiKind::kFixedBytes, 32}};
  std::optional<std::size_t> found;
  for (std::size_t at = 0; at + kParts.size() <= method.types.size(); ++at) {
    if (!std::equal(kParts.begin(), kParts.end(),
                    method.types.begin() + static_cast<std::ptrdiff_t>(at)))
      continue;
    if (found) return std::nullopt;
    found = at;
  }
  return found;
}

std::shared_ptr<const FiscoConfig> read_config(trust::Table& table, const trust::LedgerEntry& entry,
                                               const trust::TrustList& list) {
  return Reader(table, entry, list).read();
}

}  // namespace heyan::ledgers::fisco_bcos
