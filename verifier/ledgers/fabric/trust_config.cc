#include "verifier/ledgers/fabric/trust_config.h"

#include <algorithm>
#include <vector>

#include "verifier/core/json.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::string_view kFromDefinition = "from-definition";

// Who, by the list, holds a CA of that organisation and is not the institution it is mapped to.
std::optional<std::string_view> find_other_holder(
    const ConfigChain& configs, std::string_view msp_id, std::string_view institution,
    const std::map<Bytes, std::string_view>& holders) {
  for (const ConfigLink& link : configs.links()) {
    const Msp* msp = link.config->msp(msp_id);
    if (msp == nullptr) continue;
    for (const crypto::Certificate* ca : msp->cas()) {
      const auto holder = holders.find(core::to_bytes(ca->key().sha256()));
      if (holder != holders.end() && holder->second != institution) return holder->second;
    }
  }
  return std::nullopt;
}

// Reading goes on after a defect, so that the court sees all of them at once.
class Reader {
 public:
  Reader(trust::Table& table, const trust::LedgerEntry& entry, const trust::TrustList& list)
      : table_(table), entry_(entry), list_(list), config_(std::make_shared<FabricConfig>()) {}

  std::shared_ptr<const FabricConfig> read() {
    config_->channel = table_.required_text("channel").value_or("");
    config_->chaincode = table_.required_text("chaincode").value_or("");
    sound_ = !config_->channel.empty() && !config_->chaincode.empty();
    read_profile();
    read_policy();
    read_orderers();
    read_institutions();
    read_pin();
    read_config_blocks();
    read_places();
    if (entry_.quorum.empty()) {
      defect("", "no quorum is named for this ledger", "Write quorum = \"…\" in [[ledger]]");
    }
    return sound_ ? config_ : nullptr;
  }

 private:
  void defect(std::string_view key, std::string what, std::string remedy = "") {
    table_.defect(key, std::move(what), std::move(remedy));
    sound_ = false;
  }

  void read_profile() {
    const std::vector<std::string_view> names = profile_names();
    if (!table_.has("profile")) {
      table_.text("profile");
      return;
    }
    const auto name = table_.word("profile", names);
    const auto profile = name ? profile_by_name(*name) : std::nullopt;
    sound_ = sound_ && profile.has_value();
    if (profile) config_->profile = *profile;
  }

  void read_policy() {
    const auto text = table_.required_text("endorsement_policy");
    sound_ = sound_ && text.has_value();
    if (!text || *text == kFromDefinition) return;
    auto policy = EndorsementPolicy::from_text(*text);
    if (policy) {
      config_->policy = *std::move(policy);
    } else {
      defect("endorsement_policy", "is no endorsement policy",
             "Write OutOf(3,'CourtMSP.peer','NotaryMSP.peer',…) or \"from-definition\"");
    }
  }

  void read_orderers() {
    const bool given = table_.has("min_orderer_orgs");
    const auto number = table_.integer("min_orderer_orgs");
    if (!given) return;
    if (number && *number >= 1 && *number <= 1'000) {
      config_->min_orderer_orgs = static_cast<std::uint32_t>(*number);
    } else if (number) {
      defect("min_orderer_orgs", "is not between 1 and 1000");
    } else {
      sound_ = false;
    }
  }

  void read_institutions() {
    auto map = table_.table("msp");
    if (!map) {
      defect("msp", "is missing",
             "Add [ledger.fabric.msp] with lines like CourtMSP = \"institution\"");
      return;
    }
    for (const std::string& msp : map->keys()) {
      const auto institution = map->required_text(msp);
      if (!institution) {
        sound_ = false;
      } else if (list_.institution(*institution) == nullptr) {
        map->defect(msp, "'" + *institution + "' is no institution of this list");
        sound_ = false;
      } else {
        config_->institutions[msp] = *institution;
      }
    }
  }

  // A place that is none would find no record's field, and nobody would notice.
  void read_places() {
    config_->places = record_places(entry_.record);
    const RecordPlaces& places = config_->places;
    for (const std::string& one : {places.id, places.who, places.what, places.when, places.where}) {
      check_place(one);
    }
    for (const auto& [name, pointer] : places.digests) check_place(pointer);
  }

  void check_place(const std::string& pointer) {
    if (core::json::is_pointer(pointer)) return;
    defect("", "'" + pointer + "' in [ledger.record] is no JSON pointer",
           "Write '/' before each name, as in /what/sha256");
  }

  void read_pin() {
    const bool given = table_.has("genesis_header_hash");
    const auto text = table_.text("genesis_header_hash");
    if (!given) return;
    auto pin = text ? core::from_hex(*text) : std::nullopt;
    if (pin && pin->size() == crypto::digest_bytes(config_->profile.header_hash)) {
      config_->pin = *std::move(pin);
    } else {
      defect("genesis_header_hash", "is no hash in hexadecimal");
    }
  }

  void read_config_blocks() {
    const std::vector<std::string> paths = table_.texts("config_blocks");
    if (paths.empty() && !config_->pin) {
      defect("config_blocks",
             "neither config_blocks nor genesis_header_hash says which network this is",
             "Write genesis_header_hash = \"…\" or config_blocks = [\"…\"]");
    }
    std::vector<KeptBytes> blocks;
    for (const std::string& path : paths) {
      auto bytes = table_.read_file("config_blocks", path);
      if (!bytes) {
        sound_ = false;
        return;
      }
      blocks.push_back(KeptBytes::own(*std::move(bytes)));
    }
    if (!blocks.empty() && sound_) authenticate(blocks, paths);
  }

  void authenticate(const std::vector<KeptBytes>& blocks, const std::vector<std::string>& paths) {
    const core::Limits limits;
    crypto::SignatureChecker checker(crypto::production_engines(), limits);
    Verifier verifier(checker, config_->profile, limits);
    Identities identities(verifier);
    std::optional<ByteView> pin;
    if (config_->pin) pin = *config_->pin;
    auto chain = ConfigChain::start(blocks.front(), pin, config_->channel, verifier);
    if (!chain) {
      refuse(paths.front(), chain.error());
      return;
    }
    for (std::size_t i = 1; i < blocks.size(); ++i) {
      if (const auto added = chain->append(blocks[i], identities); !added) {
        refuse(paths[i], added.error());
        return;
      }
    }
    config_->configs = *std::move(chain);
    check_organisations();
  }

  // A name that no config block knows would map nobody, and nobody would notice.
  void check_organisations() {
    const std::vector<ConfigLink>& links = config_->configs->links();
    for (const auto& [msp, institution] : config_->institutions) {
      const bool known = std::ranges::any_of(
          links, [&](const ConfigLink& link) { return link.config->msp(msp) != nullptr; });
      if (!known) defect("msp", "'" + msp + "' is no organisation of any of the config_blocks");
    }
    check_anchors();
    const auto shared = find_shared_ca(*config_->configs, config_->institutions);
    if (!shared) return;
    defect("msp",
           "'" + shared->msp + "' of '" + config_->institution(shared->msp) + "' and '" +
               shared->other_msp + "' of '" + config_->institution(shared->other_msp) +
               "' share a CA: whoever holds it can sign for both",
           "Map both to the institution that holds the CA, or leave one out");
  }

  // A CA that this list gives to one institution must not sign for another on the chain.
  void check_anchors() {
    std::map<Bytes, std::string_view> holders;  // by key
    for (const trust::Institution& institution : list_.institutions) {
      for (const trust::InstitutionCa& ca : institution.cas) {
        holders.emplace(core::to_bytes(ca.certificate.key().sha256()), institution.id);
      }
    }
    for (const auto& [msp, institution] : config_->institutions) {
      const auto other = find_other_holder(*config_->configs, msp, institution, holders);
      if (!other) continue;
      defect(
          "msp",
          "a CA of '" + msp + "', mapped to '" + institution + "', stands in this list under '" +
              std::string(*other) + "'",
          "Map '" + msp + "' to the institution that holds the CA, or correct [[institution.ca]]");
    }
  }

  void refuse(const std::string& path, Reason reason) {
    switch (reason) {
      case Reason::kConfigAnchor:
        defect("config_blocks",
               path + ": is not the first block of this channel, or not the pinned one");
        return;
      case Reason::kConfigChain:
        defect("config_blocks", path + ": is not authorised by the config blocks before it",
               "List the config blocks in order, the first block of the channel first");
        return;
      default:
        defect("config_blocks", path + ": is no config block that can be read under this profile");
    }
  }

  trust::Table& table_;
  const trust::LedgerEntry& entry_;
  const trust::TrustList& list_;
  std::shared_ptr<FabricConfig> config_;
  bool sound_ = true;
};

}  // namespace

std::string FabricConfig::institution(std::string_view msp) const {
  const auto found = institutions.find(std::string(msp));
  return found == institutions.end() ? std::string() : found->second;
}

std::optional<SharedCa> find_shared_ca(const ConfigChain& configs,
                                       const std::map<std::string, std::string>& institutions) {
  std::map<Bytes, const std::pair<const std::string, std::string>*> holders;  // by key
  for (const ConfigLink& link : configs.links()) {
    for (const auto& mapped : institutions) {
      const Msp* msp = link.config->msp(mapped.first);
      if (msp == nullptr) continue;
      for (const crypto::Certificate* ca : msp->cas()) {
        const auto [place, added] = holders.emplace(core::to_bytes(ca->key().sha256()), &mapped);
        if (place->second->second != mapped.second)
          return SharedCa{place->second->first, mapped.first};
      }
    }
  }
  return std::nullopt;
}

std::shared_ptr<const FabricConfig> read_config(trust::Table& table,
                                                const trust::LedgerEntry& entry,
                                                const trust::TrustList& list) {
  return Reader(table, entry, list).read();
}

}  // namespace heyan::ledgers::fabric
