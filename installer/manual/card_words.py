"""What stands on the card of each role: which actions, in which order, and a few sentences. Keys and titles come from ``ui/actions.py``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, and the ids of the actions below it; every one has a key."""

    title: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One sheet: for whom, its blocks, and what to remember; ``{id}`` in a sentence becomes the key of that action."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    sentences: tuple[str, ...]


def _block(title: str, actions: str) -> Block:
    return Block(title, tuple(actions.split()))


_EVERYWHERE = _block("Ở mọi trang", "scan_field palette help back notices lock")
_TROUBLE = "Không biết tìm ở đâu: {palette}, gõ tên việc, không cần dấu. Không hiểu trang đang mở: {help}."
CARDS = (
    Card("Cán bộ tiếp nhận", "Quầy Một Cửa · thẻ phím", (
        _EVERYWHERE,
        _block("Mở trang", "go_home go_intake go_certification go_dossiers go_returning go_scanning go_books"),
        _block("Tiếp nhận", "receive applicant all_papers park recall more refuse_intake undo"),
        _block("Chứng thực", "certify next_kind next_payment hand_signed strike_number signing_list"),
        _block("Một hồ sơ", "main_act request_supplement return_result reprint note reveal"),
        _block("Trả kết quả", "hand_back receiver print_receipt"),
        _block("Việc trong ngày", "go_hand_over messages cash"),
    ), (
        "Nhanh nhất: gõ ba chữ của thủ tục, Enter, quét thẻ căn cước, {all_papers}, {receive}.",
        "Người dân cầm giấy tiếp nhận: quét mã, đang ở trang nào cũng được.",
        "Lỡ tay: {undo}. Rời ghế: {lock}. Giấy không ra: {palette}, gõ hang doi in.", _TROUBLE,
        "Mất điện, mất mạng: những gì đã gõ vẫn còn; không có mạng vẫn làm đủ mọi việc.")),
    Card("Lãnh đạo, người ký", "Quầy Một Cửa · thẻ phím", (
        _EVERYWHERE,
        _block("Mở trang", "go_home go_dossiers go_returning go_books go_reports go_sync"),
        _block("Báo cáo", "freeze_report open_figure turn_period export_report"),
        _block("Sổ sách", "print_next turn_page go_to_number export_book paper_lists"),
        _block("Ký và kiểm tra", "sign_papers trail cash"),
        _block("Chứng thực", "signing_list hand_signed strike_number"),
        _block("Đồng bộ với tỉnh", "solve_trouble compare_journals compare_period"),
    ), (
        "Mỗi sáng: {go_home}, xem Quá hạn và Hẹn trả hôm nay.",
        "Báo cáo tháng: {go_reports}, xem số liệu, {freeze_report} để chốt và in.",
        "Ký bản số hóa: cắm USB ký số, {sign_papers}, gõ mã PIN.",
        "Người dân hỏi dữ liệu của mình: {go_admin}, {answer_person}; trả lời trong hai ngày làm việc.", _TROUBLE)),
    Card("Quản trị", "Quầy Một Cửa · thẻ phím", (
        _EVERYWHERE,
        _block("Mở trang", "go_home go_admin go_catalogue go_sync"),
        _block("Thiết lập", "settings update_catalogue update_calendar trail"),
        _block("Tài khoản", "add_person change_person new_password close_account open_account"),
        _block("Đồng bộ với tỉnh", "send_now pause_line by_stick compare_journals"),
        _block("Sao lưu, cập nhật", "backup_now add_backup_place rehearse_restore check_update install_update update_from_stick"),
        _block("Máy và dữ liệu", "examine_pc save_diagnostics verify_desk answer_person"),
        _block("Danh mục", "find_procedure other_view poster"),
    ), (
        "Phiếu khôi phục: trong tủ khóa, không để cạnh máy, không chụp ảnh.",
        "Máy báo chưa rõ số cuối cùng: tìm giấy mới nhất của quầy, {palette}, gõ so ho so. Đừng đoán.",
        "Có lỗi dữ liệu: dừng tiếp nhận, không xóa gì, gọi hỗ trợ.", _TROUBLE)),
    Card("Số hóa, lưu trữ", "Quầy Một Cửa · thẻ phím", (
        _EVERYWHERE,
        _block("Quét", "scan_stack file_stack choose_profile look_for_scanners new_stack choose_stack bring_files"),
        _block("Sửa trang", "turn_pages delete_pages move_earlier move_later clean_pages show_blank compare_page undo_scan"),
        _block("Chia bộ", "split_set merge_set assign_set papers_of_set describe_set divide_stack"),
        _block("Chèn, thay, ghép", "insert_pages replace_pages insert_files collate_passes"),
        _block("Lưu trữ, ký số", "digital_papers paper_lists sign_papers"),
    ), (
        "Giấy tiếp nhận đặt trên từng bộ; bộ không có giấy thì đặt tờ phân cách.",
        "Bộ đang chờ: đọc lý do ngay dưới tên bộ, {assign_set} để chọn hồ sơ.",
        "Kẹt giấy: gỡ giấy rồi {scan_stack}, trang mới nối tiếp.", _TROUBLE)),
    Card("Kiểm tra", "Quầy Một Cửa · thẻ phím", (
        _EVERYWHERE,
        _block("Mở trang", "go_home go_dossiers go_books go_reports"),
        _block("Báo cáo", "open_figure turn_period"),
        _block("Sổ sách", "turn_page go_to_number"),
        _block("Truy vết", "trail"),
    ), (
        "Chỉ xem, không sửa, không xuất tệp. Mỗi lần xem đều được ghi vào nhật ký.",
        "Rút mẫu ngẫu nhiên: {trail}, rồi chọn Rút mẫu ngẫu nhiên; ghi lại số hiệu lần rút.", _TROUBLE)),
)
"""One for each role of the program, and one for whoever sits at the scanner."""
