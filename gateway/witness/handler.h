// The witness over HTTP: POST /add-checkpoint, GET /HEX/checkpoint.
//
// Reads and maps, nothing else. Source: C2SP tlog-witness. Any thread.
#pragma once

#include "gateway/front/exchange.h"
#include "gateway/ops/log.h"
#include "gateway/witness/witness.h"

namespace heyan::witness {

class Handler final : public front::Handler {
 public:
  // Both must outlive it.
  Handler(Witness& witness, const ops::Log& log) : witness_(witness), log_(log) {}
  front::Task<void> handle(front::Exchange& exchange) override;

 private:
  front::Task<void> add_checkpoint(front::Exchange& exchange);
  front::Task<void> checkpoint(front::Exchange& exchange, std::string origin_hash);
  void say(const core::Result<Cosigned>& cosigned) const;

  Witness& witness_;
  const ops::Log& log_;
};

}  // namespace heyan::witness
