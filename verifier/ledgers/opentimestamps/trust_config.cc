#include "verifier/ledgers/opentimestamps/trust_config.h"

namespace heyan::ledgers::opentimestamps {
namespace {

constexpr std::string_view kRemedy = "See docs/opentimestamps.md";

std::string place(const TableDefect& defect) {
  return "line " + std::to_string(defect.line) + ": " + std::string(defect.what);
}

std::string place(const HeaderFault& fault) {
  return "line " + std::to_string(fault.line) + ": header " + std::to_string(fault.height) + " " +
         std::string(words(fault.reason));
}

// Reading goes on after a defect, so that the court sees all of them at once.
class Reader {
 public:
  Reader(trust::Table& table, const trust::LedgerEntry& entry)
      : table_(table), entry_(entry), config_(std::make_shared<BitcoinConfig>()) {}

  std::shared_ptr<const BitcoinConfig> read() {
    if (!entry_.quorum.empty())
      defect("", "a public chain has no quorum of institutions",
             "Leave out quorum = \"…\" in [[ledger]]");
    if (!entry_.record.digest.empty() || !entry_.record.fields.empty())
      defect("", "a time-stamp has no record", "Leave out [ledger.record]");
    read_part("checkpoints", Periods::read, config_->periods);
    read_part("headers", read_table, config_->headers);
    if (sound_) check();
    return sound_ ? config_ : nullptr;
  }

 private:
  void defect(std::string_view key, std::string what, std::string remedy) {
    table_.defect(key, std::move(what), std::move(remedy));
    sound_ = false;
  }

  template <typename Part>
  void read_part(std::string_view key, std::expected<Part, TableDefect> (*reader)(core::ByteView),
                 Part& part) {
    if (!table_.has(key)) {
      return defect(key, "is missing",
                    "Write " + std::string(key) + " = \"bitcoin/" + std::string(key) + ".tsv\"");
    }
    const auto bytes = table_.file(key);
    if (!bytes) {
      sound_ = false;  // said already
      return;
    }
    auto found = reader(*bytes);
    if (!found) return defect(key, place(found.error()), std::string(kRemedy));
    part = *std::move(found);
  }

  void check() {
    for (const HeaderFault& fault : check_table(config_->headers, config_->periods))
      defect("headers", place(fault), "Import the header again: heyan headers import");
  }

  trust::Table& table_;
  const trust::LedgerEntry& entry_;
  std::shared_ptr<BitcoinConfig> config_;
  bool sound_ = true;
};

}  // namespace

std::shared_ptr<const BitcoinConfig> read_config(trust::Table& table,
                                                 const trust::LedgerEntry& entry) {
  return Reader(table, entry).read();
}

}  // namespace heyan::ledgers::opentimestamps
