// A file of a submission, for whoever may read it.
#pragma once

#include <optional>
#include <string>

#include "gateway/service/acceptance.h"
#include "gateway/service/served_file.h"

namespace heyan::api {

struct Stored {
  service::ServedFile file;
  std::string court;
  store::Scan scan;
};

// By the path that case.json names. Nothing: it is not there, or not within the scope.
// kUnsupported: it was deleted (is_deleted); kInternal: its rows are not what the signed receipt
// lists; kIo.
core::Result<std::optional<Stored>> open_stored(const service::Acceptance& with,
                                                const store::Scope& scope, const std::string& id,
                                                const std::string& path);

}  // namespace heyan::api
