// Kinds btc-headers and btc-header of topic timestamps: verifier/ledgers/opentimestamps.
#include <array>

#include "tests/vectors/kinds.h"
#include "verifier/ledgers/opentimestamps/table.h"

namespace heyan::vectors {

std::span<const Kind> timestamps_headers();

namespace {

using namespace ledgers::opentimestamps;

KindResult told(std::string result, std::optional<Reason> reason = {}) {
  KindResult told;
  told.result = std::move(result);
  if (reason) told.reasons.emplace(name(*reason));
  return told;
}

KindResult run_table(const KindCase& one) {
  const auto checkpoints = one.input("checkpoints");
  auto periods = Periods::read(checkpoints.value_or(core::Bytes()));
  if (!periods) return told("invalid");
  const auto text = one.input("headers");
  if (!text) return told(one.input_path("headers").empty() ? "valid" : "no input");
  const auto table = read_table(*text);
  const auto clock = one.clock_ms();
  if (!table || table->empty() || !clock) return told("no input");
  KindResult result = told("valid");
  for (const HeaderFault& fault : check_table(*table, *periods, core::from_unix_ms(*clock))) {
    result.result = "invalid";
    result.reasons.emplace(name(fault.reason));
  }
  return result;
}

KindResult run_header(const KindCase& one) {
  const auto header = BlockHeader::read(one.input("header").value_or(core::Bytes()));
  const auto periods = Periods::read(one.input("checkpoints").value_or(core::Bytes()));
  const auto height = one.number("height");
  if (!header || !periods || !height) return told("no input");
  const auto at = static_cast<std::uint64_t>(*height);
  if (const auto fault = periods->judge(at, *header, header->hash())) return told("invalid", fault);
  if (const auto text = one.input("chain")) {
    const auto chain = read_table(*text);
    if (!chain) return told("no input");
    if (const auto both = merge(*chain, {{at, *header, 0}}); !both)
      return told("invalid", both.error().reason);
  }
  return told("valid");
}

constexpr std::array kKinds = {Kind{"btc-headers", run_table}, Kind{"btc-header", run_header}};

}  // namespace

std::span<const Kind> timestamps_headers() { return kKinds; }

}  // namespace heyan::vectors
