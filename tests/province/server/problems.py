"""What goes wrong, in the contract's words (13.1): one row per code."""

from __future__ import annotations

from tests.province.server.contract import Json

PROBLEMS: dict[str, tuple[int, str, str]] = {
    "bad_request": (400, "A parameter or the body has another shape", "Yêu cầu không đúng định dạng."),
    "bad_json": (400, "Body is not JSON", "Dữ liệu gửi lên không đọc được."),
    "too_deep": (400, "JSON deeper than 16", "Dữ liệu gửi lên lồng quá sâu."),
    "digest_missing": (400, "Content-Digest is missing", "Thiếu mã kiểm tra dữ liệu gửi lên."),
    "digest_mismatch": (400, "Content-Digest does not fit the body", "Dữ liệu bị hỏng trên đường truyền, máy sẽ gửi lại."),
    "token_expired": (401, "Token expired", "Phiên kết nối hết hạn, máy sẽ tự gia hạn."),
    "token_unknown": (401, "Token missing or unknown", "Mã truy cập không hợp lệ."),
    "refresh_superseded": (401, "A newer token pair was used already", "Mã gia hạn đã được thay bằng mã mới."),
    "device_revoked": (403, "Device revoked", "Tỉnh đã khóa máy này. Dữ liệu trên máy vẫn giữ nguyên."),
    "device_mismatch": (403, "Not the device of the token", "Máy không khớp với mã truy cập."),
    "approval_required": (403, "Waiting for a person of the province", "Chờ tỉnh duyệt."),
    "bad_proof": (403, "The device proof does not verify", "Chữ ký của máy không đúng."),
    "not_found": (404, "Not found", "Tỉnh chưa có hồ sơ hoặc tệp này."),
    "enrolment_code_unknown": (404, "Unknown enrolment code", "Mã đăng ký máy không đúng."),
    "device_cloned": (409, "Two histories for one device", "Máy này có hai lịch sử khác nhau. Báo quản trị trước khi gửi tiếp."),
    "epoch_undeclared": (409, "Unknown epoch", "Chưa khai báo lần phục hồi dữ liệu với tỉnh."),
    "device_taken": (409, "Device id is taken", "Số nhận dạng máy đã có máy khác dùng, máy sẽ tạo số mới."),
    "challenge_stale": (409, "Challenge no longer valid", "Phiên xác thực hết hạn, máy sẽ thử lại."),
    "recovery_exhausted": (409, "No recovery range left today", "Hết dải số dự phòng trong ngày. Máy dùng mã tạm."),
    "lease_exhausted": (409, "No serials left", "Hết số trong ngày. Máy dùng mã tạm."),
    "offset_mismatch": (409, "Wrong upload offset", "Tải lên bị lệch vị trí, máy sẽ tự nối lại."),
    "enrolment_code_expired": (410, "Enrolment code expired", "Mã đăng ký máy đã hết hạn. Đề nghị tỉnh cấp mã mới."),
    "enrolment_code_used": (410, "Enrolment code already used", "Mã đăng ký máy đã được dùng. Đề nghị tỉnh cấp mã mới."),
    "cursor_expired": (410, "Cursor expired", "Cần tải lại dữ liệu từ tỉnh."),
    "upload_gone": (410, "Upload expired", "Phiên tải lên đã hết hạn, máy sẽ gửi lại."),
    "tus_version": (412, "Unknown tus version", "Phiên bản tải tệp không được hỗ trợ."),
    "too_large": (413, "Request too large", "Gói dữ liệu quá lớn, máy sẽ chia nhỏ."),
    "unsupported_media": (415, "Encoding not supported", "Tỉnh chưa nhận dạng dữ liệu này, máy sẽ gửi không nén."),
    "range_invalid": (416, "Range outside the file", "Phần tệp yêu cầu không tồn tại."),
    "envelope": (422, "An envelope is malformed or two ops of the request do not chain", "Bản ghi gửi lên sai định dạng."),
    "hash_mismatch": (422, "Hash does not fit the op", "Dữ liệu gửi lên không khớp mã kiểm tra."),
    "batch_order": (422, "Ops of a lane are not in rising order", "Bản ghi gửi lên sai thứ tự."),
    "op_too_large": (422, "One op is over max_op_bytes", "Một bản ghi vượt quá kích thước cho phép."),
    "upload_locked": (423, "Upload is being written", "Tệp đang được gửi ở kết nối khác."),
    "upgrade_required": (426, "Protocol too old", "Cần cập nhật phần mềm. Hồ sơ vẫn lưu trên máy."),
    "rate_limited": (429, "Too many requests", "Hệ thống tỉnh đang bận, máy sẽ thử lại."),
    "checksum_mismatch": (460, "File does not match its SHA-256", "Tệp nhận được khác tệp gốc, máy sẽ gửi lại."),
    "server_error": (500, "Internal error", "Hệ thống tỉnh gặp lỗi, máy sẽ thử lại."),
    "maintenance": (503, "Maintenance", "Hệ thống tỉnh đang bảo trì, máy sẽ thử lại."),
    "storage_full": (507, "Out of space", "Hệ thống tỉnh tạm hết chỗ chứa, máy sẽ thử lại."),
}
"""Code → status, title, sentence for the clerk."""


class ProblemError(Exception):
    """A request that is refused as a whole; ``members`` join the problem's body, ``headers`` the reply's."""

    def __init__(self, code: str, *, headers: dict[str, str] | None = None, **members: Json) -> None:
        super().__init__(code)
        self.code, self.headers, self.members = code, headers or {}, members
        self.status = PROBLEMS[code][0]

    def body(self) -> dict[str, Json]:
        """Return the problem document of RFC 9457."""
        status, title, sentence = PROBLEMS[self.code]
        return {"type": f"urn:desk-sync:problem:{self.code}", "title": title, "status": status, "code": self.code,
                **self.members, "message_vi": sentence}
