# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reports for people: one offline HTML file, or exhibits in Excel, from a results file."""
