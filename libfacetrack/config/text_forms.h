#pragma once
#include <string_view>

namespace facetrack {

// Forms that texts must have. Internal to this room.
bool isAgentId(std::string_view text);        ///< empty, or 1 to 64 of A-Z a-z 0-9 . _ -
bool isAddressAndPort(std::string_view text); ///< "127.0.0.1:7420", "[::1]:0"


/// Addresses to upload to, with commas between; empty is none.
bool isUploadList(std::string_view text);
/// "https://dash.example", "http://10.0.0.5:3000", with commas between; empty is none.
bool isOriginList(std::string_view text);
/// SHA-256 in hex, with or without colons; empty is none.
bool isFingerprint(std::string_view text);
bool isSchemaName(std::string_view text);
/// "1", "0-1", "0-all"
bool isReplicas(std::string_view text);
/// As CameraHours::parse() takes it.
bool isCameraHours(std::string_view text);

} // namespace facetrack
