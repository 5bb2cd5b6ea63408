// The front's listeners as the configuration says, and their TLS from files: at the start, and
// again when a certificate was renewed.
//
// Threat: a new certificate that is broken, or whose key is another one's, must not take the one in
// use away. Any thread.
#pragma once

#include <filesystem>
#include <vector>

#include "gateway/front/server.h"
#include "gateway/ops/config.h"

namespace heyan::api {

inline constexpr std::string_view kPublic = "public";
inline constexpr std::string_view kCourtSystems = "court-systems";
// Nothing but previews (previews.h): another origin than the pages'.
inline constexpr std::string_view kPreviews = "previews";
inline constexpr std::string_view kMetricsListener = "metrics";  // plain, of this machine alone

// kMalformed and kNotFound as front::TlsContext::create and os::read_named_file.
core::Result<std::vector<front::ListenerOptions>> listeners_of(const ops::Config& config);

// Reads all TLS files again; connections that are open keep what they have. After an error
// everything is as it was.
core::Result<void> reload_tls(const ops::Config& config, front::Server& server);

// Where TLS files lie, so that they can be read again inside the sandbox: also where a link leads.
// Folders above the state folder, or in it but outside front/, are left out: what they hold is not
// for the front. Such a file is read at the start alone.
std::vector<std::filesystem::path> tls_folders(const ops::Config& config);

}  // namespace heyan::api
