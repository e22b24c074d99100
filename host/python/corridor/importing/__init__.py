# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""From spreadsheets to a book: corridor import, corridor template."""
