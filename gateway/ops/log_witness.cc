#include "gateway/ops/log_witness.h"

namespace heyan::ops {

// Names hold no plus sign (C2SP signed-note).
std::string LogWitness::name() const {
  const std::size_t plus = vkey.find('+');
  return plus == std::string::npos ? std::string() : vkey.substr(0, plus);
}

LogWitness read_log_witness(trust::Table& table, const std::filesystem::path& folder) {
  LogWitness witness;
  witness.vkey = table.required_text("vkey").value_or("");
  if (!witness.vkey.empty() && witness.name().empty()) {
    table.defect("vkey", "is no key of a witness",
                 "Write the line that `heyan witness new` printed: NAME+KEYID+BASE64");
  }
  read_destination(table, folder, witness, Scheme::kEither);
  return witness;
}

}  // namespace heyan::ops
