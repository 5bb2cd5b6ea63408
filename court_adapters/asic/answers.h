// What a sender of containers is answered. e-CODEX has no answer over HTTP of its own, so these are
// JSON, problem documents (RFC 9457), and the signed report in an ASiC-S container.
#pragma once

#include "court_adapters/adapter.h"

namespace heyan::court_adapters::asic {

Answer received(const Accepted& accepted);
Answer refused(std::span<const Defect> defects);
// The container where there is a report; else how far it has come.
Answer result_of(const Outcome& outcome);

}  // namespace heyan::court_adapters::asic
