// The payload's part for one item and for one attestation. Internal to verifier/report. Pure, any
// thread.
#pragma once

#include "heyan/v1/report.pb.h"
#include "verifier/core/json.h"

namespace heyan::report {

core::json::Value item_value(const v1::ItemReport& item);
core::json::Value attestation_value(const v1::Attestation& attestation);
core::json::Value finding_value(const v1::Finding& finding);

}  // namespace heyan::report
