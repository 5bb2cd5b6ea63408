// GET /v1/operator/ledgers: what ledgers showed that contradicts itself, for whoever tells the
// consortium and the court. Blocks, times and numbers of reports; nothing else of any case.
#include <algorithm>
#include <span>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;
using front::Exchange;
using front::Task;
using http::Problem;

Value block_of(const store::ContestedBlock& one) {
  Value block;
  block.set("hash", core::to_hex(one.block.hash))
      .set("quorum", one.quorum)
      .set("report", core::visible(one.report))
      .set("seenAt", core::format_rfc3339(core::from_unix_ms(one.block.seen_at_ms)));
  return block;
}

bool at_one_place(const store::Checkpoint& a, const store::Checkpoint& b) {
  return a.ledger == b.ledger && a.origin == b.origin && a.height == b.height;
}

std::string text_of(std::span<const store::ContestedBlock> blocks) {
  Value places{Value::Array{}};
  for (std::size_t i = 0; i < blocks.size();) {
    const store::Checkpoint& first = blocks[i].block;
    int signed_ones = 0;
    std::vector<std::int64_t> seen_ms;
    Value shown{Value::Array{}};
    for (; i < blocks.size() && at_one_place(first, blocks[i].block); ++i) {
      shown.push(block_of(blocks[i]));
      signed_ones += blocks[i].quorum ? 1 : 0;
      seen_ms.push_back(blocks[i].block.seen_at_ms);
    }
    std::ranges::sort(seen_ms);
    const std::int64_t second_ms = seen_ms[std::min<std::size_t>(1, seen_ms.size() - 1)];
    Value place;
    place.set("ledger", core::visible(first.ledger))
        .set("origin", core::visible(first.origin))
        .set("height", std::to_string(first.height))
        .set("conflict", signed_ones > 1)
        .set("since", core::format_rfc3339(core::from_unix_ms(second_ms)))
        .set("blocks", std::move(shown));
    places.push(std::move(place));
  }
  Value value;
  value.set("contested", std::move(places));
  return core::json::write_canonical(value);
}

}  // namespace

Task<void> Api::show_ledgers(Exchange& exchange) {
  const auto look = [&]() -> core::Result<std::string> {
    HEYAN_TRY(const auto blocks, parts_.acceptance.store.contested_blocks());
    return text_of(blocks);
  };
  auto text = co_await exchange.workers().run(look);
  if (!text) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  http::Answer answer = json_answer(200, *std::move(text));
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
