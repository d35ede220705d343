"""SL3: storage, volumes and EFS."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "access_point_id": (
        "access_point_iam_disabled",
        "access_point_with_root_dir",
        "access_point_without_iam",
        "invalid_access_point_id",
    ),
    "uid": ("efs_uid_zero",),
    "efs": (
        "efs_id_with_uid",
        "efs_uid_without_gid",
        "efs_without_id",
        "invalid_file_system_id",
        "several_managed_volumes",
        "unpermitted_write",
    ),
    "root_dir": ("invalid_root_dir",),
    "ephemeral": ("ephemeral_out_of_range",),
    "readonly_fs": (
        "readonly_fs_spares_sidecars",
        "readonly_fs_with_exec",
    ),
    "volumes": (
        "docker_socket",
        "duplicate_volume_path",
        "invalid_volume_name",
        "invalid_volume_path",
        "long_volume_path",
        "missing_volume_path",
        "null_volume",
        "unusable_volume_path",
        "unwritable_volume",
        "volume_hides_files",
    ),
}
