// What a service manager is told, where it asked for it (Type=notify of systemd): "READY=1" or
// "STOPPING=1". Source: sd_notify(3), section "Notes", whose protocol is stable.
//
// Nothing where $NOTIFY_SOCKET is not set; what cannot be told is not told. Any thread.
#pragma once

#include <string_view>

namespace heyan::supervisor {

void tell_service_manager(std::string_view state);

}  // namespace heyan::supervisor
