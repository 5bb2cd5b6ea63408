// The catalogue's words for values of closed lists.
//
// Internal to verifier/report. Pure, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/submission.pb.h"
#include "schemas/catalogue/labels.h"

namespace heyan::report {

using catalogue::Label;
using catalogue::label;

Label tier_label(v1::Tier tier);
// The word for what an operator states ("txId"); absent where there is none.
std::optional<Label> declared_label(std::string_view name);
// The word for what a finding is about ("recorded"); absent where there is none.
std::optional<Label> param_label(std::string_view name);

// The word for a party's role, or for the role of a signer as ledgers name it ("ENDORSER"); absent
// where there is none.
std::optional<Label> role_label(v1::Role role);
std::optional<Label> authentication_label(v1::Authentication authentication);
std::optional<Label> signer_role_label(std::string_view role);

}  // namespace heyan::report
